import type { QueueClient } from '@azure/storage-queue';

/** About how many messages a queue holds, visible or not; 0 when there is no queue yet. */
export async function countMessages(queue: QueueClient, signal: AbortSignal): Promise<number> {
	try {
		return (await queue.getProperties({ abortSignal: signal })).approximateMessagesCount ?? 0;
	} catch (error) {
		if ((error as { statusCode?: number }).statusCode === 404) return 0;
		throw error;
	}
}
