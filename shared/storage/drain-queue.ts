import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue';

export interface DrainOptions {
	most: number;
	/** For how long a message that was received is hidden from others; seconds. */
	visibilityS: number;
	deadline: () => AbortSignal;
}

/**
 * Takes messages one after the other, each deleted after `take` has returned; one for which it throws comes back later. The text is base64 decoded; a
 * message that is not base64 is given as it is. How many were taken.
 */
export async function drainQueue(
	queue: QueueClient,
	take: (text: string) => Promise<void>,
	{ most, visibilityS, deadline }: DrainOptions,
): Promise<number> {
	let taken = 0;
	while (taken < most) {
		const messages = await receive(queue, Math.min(32, most - taken), visibilityS, deadline());
		if (messages.length === 0) break;
		for (const { messageText, messageId, popReceipt } of messages) {
			await take(decode(messageText));
			await queue.deleteMessage(messageId, popReceipt, { abortSignal: deadline() });
			taken++;
		}
	}
	return taken;
}

async function receive(
	queue: QueueClient,
	numberOfMessages: number,
	visibilityTimeout: number,
	abortSignal: AbortSignal,
): Promise<DequeuedMessageItem[]> {
	try {
		return (await queue.receiveMessages({ numberOfMessages, visibilityTimeout, abortSignal })).receivedMessageItems;
	} catch (error) {
		if ((error as { statusCode?: number }).statusCode === 404) return [];
		throw error;
	}
}

const decode = (text: string) => (/^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, 'base64').toString('utf8') : text);
