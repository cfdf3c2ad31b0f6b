import type { Message } from './queues/message.ts';
import type { StorageQueue } from './queues/storage-queue.ts';
import { storageCode } from './storage-code.ts';

/**
 * Up to 32 messages, hidden from others for so many seconds; undefined when storage says that there is no queue.
 *
 * @throws {UnprovenAnswer} when what came is not a list of messages to its end
 */
export async function receiveMessages(
	queue: StorageQueue,
	{ most = 32, hiddenS, signal }: { most?: number; hiddenS: number; signal: AbortSignal },
): Promise<Message[] | undefined> {
	try {
		return await queue.receive({ most, hiddenS }, signal);
	} catch (error) {
		if (storageCode(error) === 'QueueNotFound') return undefined;
		throw error;
	}
}
