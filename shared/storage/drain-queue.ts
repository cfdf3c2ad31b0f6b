import type { MessageReceipt } from './queues/message.ts';
import type { StorageQueue } from './queues/storage-queue.ts';
import { receiveMessages } from './receive-messages.ts';

export interface DrainOptions {
	most: number;
	/** For how long a message that was received is hidden from others; seconds. */
	visibilityS: number;
	deadline: () => AbortSignal;
}

/** So many failures one after the other are no longer the messages' fault. */
const mostFailures = 3;

const againAfterS = 3;

/**
 * Takes messages one after the other, each deleted after `take` has returned; one for which it throws comes back later and holds up none behind it. The
 * text is base64 decoded; a message that is not base64 is given as it is. How many were taken; throws at the end when one could not be.
 */
export async function drainQueue(
	queue: StorageQueue,
	take: (text: string) => Promise<void>,
	{ most, visibilityS, deadline }: DrainOptions,
): Promise<number> {
	let taken = 0;
	let failed: { error: unknown } | undefined;
	let failures = 0;
	for (let seen = 0; seen < most; ) {
		const messages = (await receiveMessages(queue, { most: Math.min(32, most - seen), hiddenS: visibilityS, signal: deadline() })) ?? [];
		if (messages.length === 0) break;
		seen += messages.length;
		for (const { text, ...receipt } of messages)
			try {
				await take(fromQueueText(text));
				await queue.remove(receipt, deadline());
				taken++;
				failures = 0;
			} catch (error) {
				failed ??= { error };
				await comeBackSoon(queue, receipt, deadline());
				if (++failures >= mostFailures) throw failed.error;
			}
	}
	if (failed) throw failed.error;
	return taken;
}

/** Hidden no longer than need be: the next run tries again. Where even that fails, it comes back when its time is over. */
async function comeBackSoon(queue: StorageQueue, receipt: MessageReceipt, signal: AbortSignal): Promise<void> {
	await queue.hide(receipt, againAfterS, signal).catch(() => undefined);
}

/** A message's text: base64 decoded; what is not base64 as it is. */
export const fromQueueText = (text: string) => (/^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, 'base64').toString('utf8') : text);
