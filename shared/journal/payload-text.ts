import { decodeContent } from '../lead/decode-content.ts';
import { decodePayload } from '../lead/decode-payload.ts';
import type { RejectedPayload } from './journal.ts';

/** What a rejected payload says, as far as it can be decoded. */
export function payloadText({
	payload = new Uint8Array(),
	contentType,
	contentEncoding,
}: Partial<Pick<RejectedPayload, 'payload' | 'contentType' | 'contentEncoding'>>): string {
	const content = decodeContent(payload, contentEncoding, contentType);
	return decodePayload(content.ok ? content.bytes : payload, contentType);
}
