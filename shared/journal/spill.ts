import type { QueueClient } from '@azure/storage-queue';
import { isLeadId } from '../lead/lead-id.ts';
import { sendMessage } from '../storage/send-message.ts';
import type { Receipt } from './receipt.ts';

/** Name of the queue in which accepted payloads wait while the journal cannot be written. */
export const spillQueue = 'spill';

export type Spill = (receipt: Receipt, signal: AbortSignal) => Promise<void>;

export const spillTo =
	(queue: QueueClient): Spill =>
	({ payload, contentType, ...rest }, signal) => {
		const message = { spill: { v: 1, ...rest, contentType: contentType?.slice(0, 200), payload: Buffer.from(payload).toString('base64') } };
		return sendMessage(queue, JSON.stringify(message), { signal });
	};

/** Reads a message of the spill; undefined when it is none of ours. */
export function fromSpillMessage(text: string): Receipt | undefined {
	try {
		const { leadId, receivedAt, payload, contentType, truncated } = JSON.parse(text).spill;
		if (!isLeadId(leadId) || !Number.isFinite(receivedAt) || typeof payload !== 'string') return undefined;
		return {
			leadId,
			receivedAt,
			payload: Buffer.from(payload, 'base64'),
			...(typeof contentType === 'string' && { contentType }),
			...(truncated === true && { truncated }),
		};
	} catch {
		return undefined; // not JSON, or without an envelope: not ours
	}
}
