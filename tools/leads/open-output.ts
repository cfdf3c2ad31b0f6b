import { existsSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { fileFailure } from '../../sandbox/start/file-failure.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** Where an export goes. */
export interface Output {
	write(content: string | Uint8Array): Promise<void>;
	/** The file is there only now: one that broke off is never taken for a whole one. */
	finish(): Promise<void>;
	abandon(): Promise<void>;
}

async function openNew(path: string): Promise<FileHandle> {
	await rm(path, { force: true });
	return open(path, 'wx', 0o600);
}

/** Stdout, or a new file that only its owner can read. Throws a `UsageError` when the file exists or cannot be made. */
export async function openOutput(path: string | undefined, { print }: Terminal): Promise<Output> {
	if (path === undefined) return { write: print, finish: async () => undefined, abandon: async () => undefined };
	if (existsSync(path)) throw new UsageError(`${path} exists already: name a new file.`);
	const unfinished = `${path}.unfinished`;
	const file = await openNew(unfinished).catch((error: unknown) => {
		const why = fileFailure(error, path, 'written');
		throw why ? new UsageError(why) : error;
	});
	return {
		write: (content) => file.writeFile(content), // unlike `write`, all of it
		finish: async () => {
			await file.close();
			await rename(unfinished, path);
		},
		abandon: async () => {
			await file.close();
			await rm(unfinished, { force: true });
		},
	};
}
