import { remember } from '../basics/remember.ts';
import { type LineOptions, openLine, type Reach, type StorageService } from './account/storage-line.ts';
import { openStorageQueue, type StorageQueue } from './queues/storage-queue.ts';
import { type OpenTable, openStorageTable } from './tables/storage-table.ts';

/** How the storage account is reached: with a key or a signature, or as an identity. */
export type StorageSettings =
	| { connectionString: string }
	| { tableServiceUri: string; queueServiceUri: string; clientId?: string | undefined };

/**
 * One for the table and every queue: they share its tokens. Loaded only where storage is reached by identity: the identity's library costs 100 ms of a cold
 * start that a connection string does not need.
 */
const storageCredential = remember(async (clientId: string | undefined) =>
	(await import('../tokens/open-credential.ts')).openCredential(clientId),
);

/** How a service of the app's storage account is reached. */
async function reachStorage(storage: StorageSettings, service: StorageService): Promise<Reach> {
	if ('connectionString' in storage) return storage;
	const url = service === 'table' ? storage.tableServiceUri : storage.queueServiceUri;
	return { url, identity: await storageCredential(storage.clientId) };
}

/** A table of the app's storage account: by connection string or by the identity. `policy` sees each request and its answer. */
export async function openTable(storage: StorageSettings, name: string, policy?: LineOptions['policy']): Promise<OpenTable> {
	return openStorageTable(openLine(await reachStorage(storage, 'table'), 'table', { policy }), name);
}

/** A queue of the app's storage account. */
export async function openQueue(storage: StorageSettings, name: string): Promise<StorageQueue> {
	return openStorageQueue(openLine(await reachStorage(storage, 'queue'), 'queue'), name);
}
