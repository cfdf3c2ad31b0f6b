import { openLine } from './account/storage-line.ts';
import { openStorageQueue, type StorageQueue } from './queues/storage-queue.ts';
import { reachStorage } from './reach-storage.ts';
import type { StorageSettings } from './storage-settings.ts';

/** A queue of the app's storage account. */
export async function openQueue(storage: StorageSettings, name: string): Promise<StorageQueue> {
	return openStorageQueue(openLine(await reachStorage(storage, 'queue'), 'queue'), name);
}
