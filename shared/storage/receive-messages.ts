import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import { requireWholeList } from './require-whole-list.ts';
import { storageCode } from './storage-code.ts';

/**
 * Up to 32 messages, hidden from others for so many seconds; undefined when storage says that there is no queue.
 *
 * @throws {UnprovenAnswer} when what came is no list of messages to its end
 */
export async function receiveMessages(
	queue: QueueClient,
	{ most = 32, hiddenS, signal }: { most?: number; hiddenS: number; signal: AbortSignal },
): Promise<DequeuedMessageItem[] | undefined> {
	try {
		const received = await queue.receiveMessages({ numberOfMessages: most, visibilityTimeout: hiddenS, abortSignal: signal });
		requireWholeList(received);
		return received.receivedMessageItems;
	} catch (error) {
		if (storageCode(error) === 'QueueNotFound') return undefined;
		throw error;
	}
}
