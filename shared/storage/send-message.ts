import type { QueueClient } from '@azure/storage-queue';

export interface SendOptions {
	/** Not seen by anybody before; milliseconds, at most 7 days. */
	delayMs?: number;
	signal: AbortSignal;
}

const longestDelayS = 7 * 86_400 - 60;

/**
 * A message that never expires (the SDK's default is 7 days), in base64 (plain, one control character makes every receive fail). A missing queue is made.
 * Sent once more when the service has closed the kept connection just then (ECONNRESET): a bell that rings twice and a lead that is spilled twice do no harm.
 */
export async function sendMessage(queue: QueueClient, text: string, { delayMs = 0, signal }: SendOptions): Promise<void> {
	const send = () =>
		queue.sendMessage(Buffer.from(text, 'utf8').toString('base64'), {
			messageTimeToLive: -1,
			visibilityTimeout: Math.min(longestDelayS, Math.max(0, Math.ceil(delayMs / 1000))),
			abortSignal: signal,
		});
	try {
		await send();
	} catch (error) {
		const { statusCode, code } = error as { statusCode?: number; code?: string };
		if (statusCode === 404) await queue.createIfNotExists({ abortSignal: signal });
		else if (code !== 'ECONNRESET' && code !== 'EPIPE') throw error;
		await send();
	}
}
