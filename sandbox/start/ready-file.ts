import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileFailure } from './file-failure.ts';
import { StartFailure } from './start-failure.ts';

/** What scripts and tests find in the ready file. */
export interface ReadyFile {
	/** With its key. */
	intakeUrl: string;
	sandboxUrl: string;
	/** Of `npm start` itself. */
	pid: number;
	workerPid: number;
	/** Connection string; empty when storage is reached by identity. */
	storage: string;
}

/** Writes all of it or nothing; readable for its owner only, for it holds a key. */
export function writeReadyFile(file: string, ready: ReadyFile): void {
	mkdirSync(dirname(file), { recursive: true });
	const draft = `${file}.${process.pid}`;
	writeFileSync(draft, `${JSON.stringify(ready, null, '\t')}\n`, { mode: 0o600 });
	renameSync(draft, file);
}

/** Where the latest `npm start` says which ready file is its own, so that other commands find it wherever that is. */
export const pointerFile = join('dist', 'latest-start.json');

export function writePointer(readyFile: string): void {
	mkdirSync(dirname(pointerFile), { recursive: true });
	writeFileSync(pointerFile, `${JSON.stringify({ readyFile: resolve(readyFile) })}\n`);
}

/** Throws a `StartFailure` when it is no file that could be written later. */
export function removeReadyFile(file: string): void {
	try {
		rmSync(file, { force: true });
	} catch (error) {
		const why = fileFailure(error, file, 'written');
		throw why ? new StartFailure(why) : error;
	}
}
