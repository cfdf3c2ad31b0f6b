import { QueueClient, QueueServiceClient } from '@azure/storage-queue';
import { storageCredential } from './storage-credential.ts';
import type { StorageSettings } from './storage-settings.ts';

/** One request per call, as for tables. */
const options = { retryOptions: { maxTries: 1 } };

/** A queue of the app's storage account. */
export async function openQueue(storage: StorageSettings, name: string): Promise<QueueClient> {
	if ('connectionString' in storage) return new QueueClient(storage.connectionString, name, options);
	return new QueueServiceClient(storage.queueServiceUri, await storageCredential(storage.clientId), options).getQueueClient(name);
}
