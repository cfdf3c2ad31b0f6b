import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from './eventually.ts';

export interface TestStorage {
	connectionString: string;
	/** Nothing has to be done: the account goes with the run. */
	stop: () => Promise<void>;
}

/** More than there are test files that ask for one. */
export const sharedAccounts = 300;
/** Names the folder in which every worker of jest finds what `share-storage.ts` has started. */
export const sharedStorageFolder = 'TEST_STORAGE_FOLDER';

/** A storage account of one's own: real tables and queues, empty, in the emulator of this run; needs a build. */
export async function startTestStorage(_services?: readonly string[]): Promise<TestStorage> {
	const folder = process.env[sharedStorageFolder] ?? '';
	const ready = join(folder, 'ready.json');
	await eventually(() => existsSync(ready), 20_000);
	const { failure, connectionStrings } = JSON.parse(readFileSync(ready, 'utf8')) as { failure?: string; connectionStrings: string[] };
	if (failure) throw new Error(failure);
	for (const [index, connectionString] of connectionStrings.entries())
		if (take(join(folder, String(index)))) return { connectionString, stop: async () => undefined };
	throw new Error(`all of the ${connectionStrings.length} storage accounts are taken`);
}

/** Whoever makes the folder has the account. */
function take(folder: string): boolean {
	try {
		mkdirSync(folder);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}
