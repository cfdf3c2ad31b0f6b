import { isLeadId } from '../lead/lead-id.ts';
import type { StorageQueue } from '../storage/queues/storage-queue.ts';
import { sendMessage } from '../storage/send-message.ts';

/** Name of the queue whose messages say "look at this lead". */
export const bellQueue = 'bells';

/** The host puts a bell that failed too often here, where no one would hear it. */
export const poisonQueue = `${bellQueue}-poison`;

/** How far ahead a bell is rung; what is due later is the sweep's. */
export const bellHorizonMs = 5 * 60_000;

/** Rings for a lead, now or after a delay. Losing a bell costs time, not a lead. */
export type RingBell = (leadId: string, options: { delayMs?: number; signal: AbortSignal }) => Promise<void>;

/** An envelope: top-level members of a JSON message overwrite what the Functions host tells about it. */
export const ringOn =
	(queue: StorageQueue): RingBell =>
	(leadId, options) =>
		sendMessage(queue, JSON.stringify({ bell: { v: 1, leadId } }), options);

/** The lead id of a queue message, which may have been made by anyone; undefined when it is not a bell. */
export function leadIdOfBell(message: unknown): string | undefined {
	let content = message;
	if (typeof message === 'string')
		try {
			content = JSON.parse(message);
		} catch {
			return undefined; // not JSON: no bell
		}
	const leadId = (content as { bell?: { leadId?: unknown } } | null)?.bell?.leadId;
	return isLeadId(leadId) ? leadId : undefined;
}
