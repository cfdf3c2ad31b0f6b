import { type LineOptions, openLine } from './account/storage-line.ts';
import { reachStorage } from './reach-storage.ts';
import type { StorageSettings } from './storage-settings.ts';
import { type OpenTable, openStorageTable } from './tables/storage-table.ts';

/** A table of the app's storage account: by connection string or by the identity. `policy` sees each request and its answer. */
export async function openTable(storage: StorageSettings, name: string, policy?: LineOptions['policy']): Promise<OpenTable> {
	return openStorageTable(openLine(await reachStorage(storage, 'table'), 'table', { policy }), name);
}
