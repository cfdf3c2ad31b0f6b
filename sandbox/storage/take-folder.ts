import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Whether a process is alive, ours or not. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/**
 * Makes the folder, and waits for an Azurite that is still writing to it: one whose parent was killed needs a moment to end, and two on the same files lose
 * data. Gives back how to leave it.
 */
export async function takeFolder(folder: string, waitMs = 10_000): Promise<() => void> {
	mkdirSync(folder, { recursive: true });
	const file = join(folder, 'azurite.pid');
	for (let waited = 0; ; waited += 50) {
		const pid = readPid(file);
		if (!pid || pid === process.pid || !isAlive(pid)) break;
		if (waited >= waitMs) throw new Error(`${folder} is in use by process ${pid}. If that process is not Azurite, delete ${file}.`);
		await setTimeout(50);
	}
	writeFileSync(file, String(process.pid));
	return () => rmSync(file, { force: true });
}

function readPid(file: string): number | undefined {
	try {
		return Number(readFileSync(file, 'utf8')) || undefined;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
}
