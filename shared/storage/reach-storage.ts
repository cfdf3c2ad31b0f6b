import type { Reach, StorageService } from './account/storage-line.ts';
import { storageCredential } from './storage-credential.ts';
import type { StorageSettings } from './storage-settings.ts';

/** How a service of the app's storage account is reached. */
export async function reachStorage(storage: StorageSettings, service: StorageService): Promise<Reach> {
	if ('connectionString' in storage) return storage;
	const url = service === 'table' ? storage.tableServiceUri : storage.queueServiceUri;
	return { url, identity: await storageCredential(storage.clientId) };
}
