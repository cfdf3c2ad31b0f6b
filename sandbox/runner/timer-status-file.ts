import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TimerStatus } from './timer-input.ts';

/** Remembers when a timer ran and when it is to run; the host does so in a blob. */
export interface TimerStatusStore {
	read: () => TimerStatus | undefined;
	write: (status: TimerStatus) => void;
}

/** One file for a timer, below a folder. */
export function timerStatusFile(folder: string, timerName: string): TimerStatusStore {
	const file = join(folder, 'timers', `${timerName}.json`);
	return {
		read: () => {
			try {
				return JSON.parse(readFileSync(file, 'utf8')) as TimerStatus;
			} catch (error) {
				if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
				throw error;
			}
		},
		write: (status) => {
			mkdirSync(dirname(file), { recursive: true });
			writeFileSync(`${file}.${process.pid}`, JSON.stringify(status));
			renameSync(`${file}.${process.pid}`, file);
		},
	};
}
