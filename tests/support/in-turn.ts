import { mkdirSync, rmSync, statSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/** When a file was changed last, in milliseconds since 1970; 0 when there is none. */
export const changedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Longer than any work takes that is done in turn. */
const longestMs = 120_000;

/**
 * Does work that only one process may do at a time: who makes the folder has the turn, the others wait. Whoever comes later finds what the first one made, and
 * looks for it in `work`. A folder that is older than any work was left by a process that was killed.
 *
 * @param turn the folder; the one above it is there
 */
export async function inTurn(turn: string, work: () => Promise<unknown>): Promise<void> {
	while (!take(turn)) await setTimeout(100);
	try {
		await work();
	} finally {
		rmSync(turn, { recursive: true, force: true });
	}
}

function take(turn: string): boolean {
	try {
		mkdirSync(turn);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		const madeAt = changedAt(turn);
		if (madeAt > 0 && Date.now() - madeAt > longestMs) rmSync(turn, { recursive: true, force: true });
		return false;
	}
}
