import type { StorageQueue } from './queues/storage-queue.ts';
import { storageCode } from './storage-code.ts';

/**
 * About how many messages a queue holds, visible or not; 0 when there is no queue yet.
 *
 * @throws {UnprovenAnswer} when the answer has no count
 */
export async function countMessages(queue: Pick<StorageQueue, 'count'>, signal: AbortSignal): Promise<number> {
	try {
		return await queue.count(signal);
	} catch (error) {
		if (storageCode(error) === 'QueueNotFound') return 0;
		throw error;
	}
}
