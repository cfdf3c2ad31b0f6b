import { UnprovenAnswer } from '../basics/failures.ts';
import type { StorageQueue } from './queues/storage-queue.ts';
import { storageCode } from './storage-code.ts';

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
