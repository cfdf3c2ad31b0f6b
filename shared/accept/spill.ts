import { isLeadId, newLeadId, timeOfLeadId } from '../lead/lead-id.ts';
import type { Receipt } from './read-receipt.ts';

/** Name of the queue in which accepted payloads wait while the journal cannot be written. */
export const spillQueue = 'spill';

export type Spill = (receipt: Receipt, signal: AbortSignal) => Promise<void>;

/** @param send puts a text into the queue of the spill */
export const spillTo =
	(send: (text: string, signal: AbortSignal) => Promise<void>): Spill =>
	({ payload, contentType, contentEncoding, ...rest }, signal) => {
		const headers = { contentType: contentType?.slice(0, 200), contentEncoding: contentEncoding?.slice(0, 200) };
		const message = { spill: { v: 1, ...rest, ...headers, payload: Buffer.from(payload).toString('base64') } };
		return send(JSON.stringify(message), signal);
	};

/** Clocks differ; a time beyond this is of a clock that was wrong, or made by hand, and would stand at the head of every list. */
const aheadMs = 24 * 3_600_000;

/**
 * Reads a message of the spill, which may have been made by anyone; undefined when it holds no payload. One whose id or time cannot be used was answered 202
 * all the same: it is a receipt of this moment.
 */
export function fromSpillMessage(text: string, now: number): Receipt | undefined {
	try {
		const { leadId, receivedAt, payload, contentType, contentEncoding, truncated, late, refused } = JSON.parse(text).spill;
		if (typeof payload !== 'string') return undefined;
		const isTimely = Number.isSafeInteger(receivedAt) && receivedAt >= 0 && receivedAt <= now + aheadMs;
		const isOurs = isTimely && isLeadId(leadId) && timeOfLeadId(leadId) <= now + aheadMs;
		return {
			...(isOurs ? { leadId, receivedAt } : { leadId: newLeadId(now), receivedAt: isTimely ? receivedAt : now }),
			payload: Buffer.from(payload, 'base64'),
			...(typeof contentType === 'string' && { contentType }),
			...(typeof contentEncoding === 'string' && { contentEncoding }),
			...(truncated === true && { truncated }),
			...(late === true && { late }),
			...(refused === true && { refused }),
		};
	} catch {
		return undefined; // not JSON, or without an envelope: not ours
	}
}
