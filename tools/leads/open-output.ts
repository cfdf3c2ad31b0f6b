import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** Where an export goes. */
export interface Output {
	write(content: string | Uint8Array): Promise<void>;
	/** The file is there only now: one that broke off is never taken for a whole one. */
	finish(): Promise<void>;
	abandon(): Promise<void>;
}

/** Stdout, or a new file that only its owner can read. Throws when the file exists. */
export async function openOutput(path: string | undefined, { print }: Terminal): Promise<Output> {
	if (path === undefined) return { write: print, finish: async () => undefined, abandon: async () => undefined };
	if (existsSync(path)) throw new UsageError(`${path} exists already: name a new file.`);
	const unfinished = `${path}.unfinished`;
	await rm(unfinished, { force: true });
	const file = await open(unfinished, 'wx', 0o600);
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
