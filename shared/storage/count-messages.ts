import type { QueueClient } from '@azure/storage-queue';
import { UnprovenAnswer } from '../basics/unproven-answer.ts';
import { storageCode } from './storage-code.ts';

/**
 * About how many messages a queue holds, visible or not; 0 when there is no queue yet.
 *
 * @throws {UnprovenAnswer} when the answer has no count
 */
export async function countMessages(queue: QueueClient, signal: AbortSignal): Promise<number> {
	try {
		const { approximateMessagesCount: count } = await queue.getProperties({ abortSignal: signal });
		if (count === undefined || !Number.isInteger(count)) throw new UnprovenAnswer('storage', 'a count of messages');
		return count;
	} catch (error) {
		if (storageCode(error) === 'QueueNotFound') return 0;
		throw error;
	}
}
