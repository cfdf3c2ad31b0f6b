import { readdirSync, readFileSync } from 'node:fs';

/** Of `/proc/<pid>/stat`: a hundredth of a second on every Linux that Node runs on (`getconf CLK_TCK`). */
const tickMs = 10;

/** What a process has used of the processors since it began, milliseconds; NaN where there is no `/proc`. */
export function cpuMs(pid: number): number {
	if (process.platform !== 'linux') return Number.NaN;
	const [user = 0, system = 0] = fieldsOf(pid).slice(11, 13).map(Number);
	return (user + system) * tickMs;
}

/** The same with its children, those that live and those that have ended. */
export function cpuOfFamilyMs(pid: number): number {
	if (process.platform !== 'linux') return Number.NaN;
	const [user = 0, system = 0] = fieldsOf(pid).slice(13, 15).map(Number);
	const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isChild(Number(name), pid));
	return children.reduce((sum, child) => sum + cpuMs(Number(child)), cpuMs(pid) + (user + system) * tickMs);
}

function isChild(pid: number, parent: number): boolean {
	try {
		return fieldsOf(pid)[1] === String(parent);
	} catch {
		return false; // it has just ended
	}
}

function fieldsOf(pid: number): string[] {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	// The name, in brackets, may hold blanks: fields are counted behind it.
	return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** What a process holds in memory now (resident set), MiB; NaN where there is no `/proc`. */
export function residentMiB(pid: number): number {
	if (process.platform !== 'linux') return Number.NaN;
	const [, kib = ''] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
	return Number(kib) / 1024;
}
