import { storageCode } from '../storage/account/storage-error.ts';
import { countMessages, fromQueueText, receiveMessages } from '../storage/messages.ts';
import type { MessageReceipt, StorageQueue } from '../storage/queues/storage-queue.ts';

/** What a search of a queue is told. */
export interface QueueSearch {
	/** Whether a message, as text, is looked for. */
	wanted: (text: string) => boolean;
	/** Delete what is found. */
	take: boolean;
	deadline: () => AbortSignal;
	pause: (ms: number) => Promise<void>;
	/** Called while others hold messages; how many. */
	onWait: (held: number) => void;
}

export interface QueueSearched {
	looked: number;
	/** Texts of what was found. */
	found: string[];
	/** So many were held by someone else all the time, such as a sweep that drains. */
	held: number;
}

/** A message that is looked at is hidden from others; should we die, it comes back after this time. */
const hiddenS = 120;
/** A sweep that drains holds 32 messages for 60 s at most. */
const mostPauses = 90;
const pauseMs = 1000;

/**
 * Looks at every message of a queue, also at those that someone else holds at the beginning: they come back, or are gone and then in the journal. All are
 * given back at once at the end, but those that are taken.
 */
export async function searchQueue(queue: StorageQueue, { wanted, take, deadline, pause, onWait }: QueueSearch): Promise<QueueSearched> {
	const held = new Map<string, string>();
	const seen = new Set<string>();
	const found: string[] = [];
	try {
		for (let pauses = 0; ; ) {
			const messages = await receiveMessages(queue, { hiddenS, signal: deadline() });
			const fresh = messages?.filter(({ messageId }) => !seen.has(messageId)) ?? [];
			for (const { messageId, popReceipt } of messages ?? []) held.set(messageId, popReceipt);
			for (const { messageId, popReceipt, text: sent } of fresh) {
				seen.add(messageId);
				const text = fromQueueText(sent);
				if (!wanted(text)) continue;
				if (take && !(await remove(queue, { messageId, popReceipt }, deadline()))) continue;
				if (take) held.delete(messageId);
				found.push(text);
			}
			if (fresh.length > 0) continue;
			const others = messages ? Math.max(0, (await countMessages(queue, deadline())) - held.size) : 0;
			if (others === 0 || pauses === mostPauses) return { looked: seen.size, found, held: others };
			onWait(others);
			pauses++;
			await pause(pauseMs);
		}
	} finally {
		// Gone already, or to come back by itself: nothing is lost.
		for (const [messageId, popReceipt] of held) await queue.hide({ messageId, popReceipt }, 0, deadline()).catch(() => undefined);
	}
}

/** False when someone else has it again. */
async function remove(queue: StorageQueue, receipt: MessageReceipt, signal: AbortSignal): Promise<boolean> {
	try {
		await queue.remove(receipt, signal);
		return true;
	} catch (error) {
		if (['MessageNotFound', 'PopReceiptMismatch', 'QueueNotFound'].includes(storageCode(error) ?? '')) return false;
		throw error;
	}
}
