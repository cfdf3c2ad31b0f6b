import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openAccounts } from '../../chaos/open-accounts.ts';
import { sharedAccounts, sharedStorageFolder } from './storage.ts';
import { tempFolder } from './temp-folder.ts';

let end: (() => Promise<void>) | undefined;

/**
 * One storage emulator for a whole run: to start one takes longer than most test files. jest calls this before the first test, and again after the last one.
 * No test waits for it but those that ask for it, and a run in which none asks needs no build.
 */
export default async function shareStorage(): Promise<void> {
	if (end) return end();
	const folder = tempFolder();
	process.env[sharedStorageFolder] = folder.path;
	const tell = (what: object) => {
		writeFileSync(join(folder.path, 'draft.json'), JSON.stringify(what));
		renameSync(join(folder.path, 'draft.json'), join(folder.path, 'ready.json'));
	};
	const opening = openAccounts(sharedAccounts, { inMemory: true }).then(
		({ connectionString, stop }) => {
			tell({ connectionStrings: Array.from({ length: sharedAccounts }, (_, index) => connectionString(index)) });
			return stop;
		},
		(error: Error) => {
			tell({ failure: error.message });
			return async () => undefined;
		},
	);
	end = async () => {
		await (await opening)();
		folder.remove();
	};
}
