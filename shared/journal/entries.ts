import { decodeContent } from '../lead/decode-content.ts';
import { decodePayload } from '../lead/decode-payload.ts';
import type { JournaledLead, RejectedPayload } from './journal.ts';

/** Nothing will happen to the lead by itself, and no one has to do anything about it: all is delivered or closed, or it was for the journal only. */
export function hasEnded({ undecided, deliveries }: Pick<JournaledLead, 'undecided' | 'deliveries'>): boolean {
	return !undecided && Object.values(deliveries).every(({ state }) => state === 'delivered' || state === 'closed');
}

/** What a rejected payload says, as far as it can be decoded. */
export function payloadText({
	payload = new Uint8Array(),
	contentType,
	contentEncoding,
}: Partial<Pick<RejectedPayload, 'payload' | 'contentType' | 'contentEncoding'>>): string {
	const content = decodeContent(payload, contentEncoding, contentType);
	return decodePayload(content.ok ? content.bytes : payload, contentType);
}
