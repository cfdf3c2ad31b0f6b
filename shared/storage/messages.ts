import { UnprovenAnswer } from '../basics/failures.ts';
import { storageCode } from './account/storage-error.ts';
import type { Message, MessageReceipt, StorageQueue } from './queues/storage-queue.ts';

export interface SendOptions {
	/** Not seen by anyone before; milliseconds, at most 7 days. */
	delayMs?: number;
	signal: AbortSignal;
}

const longestDelayS = 7 * 86_400 - 60;

/**
 * A message that never expires, in base64 (plain, one control character makes every receive fail). A missing queue is made. It is sent when the answer names
 * its id. Sent once more when the service has closed the kept connection just then (ECONNRESET), or has answered anything else with 2xx: a bell that rings
 * twice and a lead that is spilled twice do no harm.
 *
 * @throws {UnprovenAnswer} when the second answer names no id either
 */
export async function sendMessage(
	queue: Pick<StorageQueue, 'send' | 'make'>,
	text: string,
	{ delayMs = 0, signal }: SendOptions,
): Promise<void> {
	const hiddenS = Math.min(longestDelayS, Math.max(0, Math.ceil(delayMs / 1000)));
	const send = () => queue.send(Buffer.from(text, 'utf8').toString('base64'), { hiddenS }, signal);
	try {
		await send();
	} catch (error) {
		if (storageCode(error) === 'QueueNotFound') await queue.make(signal);
		else if (!mayBeSent(error)) throw error;
		await send();
	}
}

const mayBeSent = (error: unknown) =>
	error instanceof UnprovenAnswer || ['ECONNRESET', 'EPIPE'].includes((error as { code?: string }).code ?? '');

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

export interface DrainOptions {
	most: number;
	/** For how long a message that was received is hidden from others; seconds. */
	visibilityS: number;
	deadline: () => AbortSignal;
	/** When it aborts, what is left is left: what was received by then comes back when its time is over. */
	over?: AbortSignal;
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
	{ most, visibilityS, deadline, over }: DrainOptions,
): Promise<number> {
	let taken = 0;
	let failed: { error: unknown } | undefined;
	let failures = 0;
	for (let seen = 0; seen < most && !over?.aborted; ) {
		const messages = (await receiveMessages(queue, { most: Math.min(32, most - seen), hiddenS: visibilityS, signal: deadline() })) ?? [];
		if (messages.length === 0) break;
		seen += messages.length;
		for (const { text, ...receipt } of messages) {
			if (over?.aborted) break;
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
