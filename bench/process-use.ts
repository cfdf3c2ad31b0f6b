import { readFileSync } from 'node:fs';

/** Of `/proc/<pid>/stat`: a hundredth of a second on every Linux that Node runs on (`getconf CLK_TCK`). */
const tickMs = 10;

/** What a process has used of the processors since it began, milliseconds; NaN where there is no `/proc`. */
export function cpuMs(pid: number): number {
	if (process.platform !== 'linux') return Number.NaN;
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	// The name, in brackets, may hold blanks: fields are counted behind it.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	const [user, system] = [Number(fields[11]), Number(fields[12])];
	return (user + system) * tickMs;
}

/** What a process holds in memory now (resident set), MiB; NaN where there is no `/proc`. */
export function residentMiB(pid: number): number {
	if (process.platform !== 'linux') return Number.NaN;
	const [, kib = ''] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
	return Number(kib) / 1024;
}
