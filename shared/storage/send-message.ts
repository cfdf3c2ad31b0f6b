import type { QueueClient } from '@azure/storage-queue';
import { UnprovenAnswer } from '../basics/unproven-answer.ts';
import { requireWholeList } from './require-whole-list.ts';

export interface SendOptions {
	/** Not seen by anybody before; milliseconds, at most 7 days. */
	delayMs?: number;
	signal: AbortSignal;
}

const longestDelayS = 7 * 86_400 - 60;
const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * A message that never expires (the SDK's default is 7 days), in base64 (plain, one control character makes every receive fail). A missing queue is made.
 * It is sent when the answer names its id. Sent once more when the service has closed the kept connection just then (ECONNRESET), or has answered anything
 * else with 2xx: a bell that rings twice and a lead that is spilled twice do no harm.
 *
 * @throws {UnprovenAnswer} when the second answer names no id either
 */
export async function sendMessage(queue: QueueClient, text: string, { delayMs = 0, signal }: SendOptions): Promise<void> {
	const send = async () => {
		const sent = await queue.sendMessage(Buffer.from(text, 'utf8').toString('base64'), {
			messageTimeToLive: -1,
			visibilityTimeout: Math.min(longestDelayS, Math.max(0, Math.ceil(delayMs / 1000))),
			abortSignal: signal,
		});
		requireWholeList(sent);
		if (!guid.test(sent.messageId)) throw new UnprovenAnswer('storage', 'the id of the message');
	};
	try {
		await send();
	} catch (error) {
		if ((error as { statusCode?: number }).statusCode === 404) await queue.createIfNotExists({ abortSignal: signal });
		else if (!mayBeSent(error)) throw error;
		await send();
	}
}

/** What the SDK cannot parse, it throws without status and code, or with that of the success. */
function mayBeSent(error: unknown): boolean {
	const { statusCode = 200, code } = error as { statusCode?: number; code?: string };
	return statusCode < 300 && (code === undefined || ['ECONNRESET', 'EPIPE', 'PARSE_ERROR'].includes(code));
}
