import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { decodePayload } from './decode-payload.ts';
import { parseJsonTree } from './json-tree.ts';

/** What a body is without its `Content-Encoding`, or why that cannot be told, as a sentence. */
export type DecodedContent = { ok: true; bytes: Uint8Array } | { ok: false; status: 400 | 413 | 415; problem: string };

/** What a sender may use, as `Accept-Encoding` says it. */
export const acceptedCodings = 'gzip, deflate, br, identity';

/** Bytes: a lead is 1 to 2 KiB, however small it was sent. A megabyte of zeros is a kilobyte in gzip. */
const mostDecoded = 32 * 1024;
/** No sender uses more layers: it is an attempt to cost us work. */
const mostCodings = 4;

// What was cut off gives what came: the text decides whether that is enough.
const bounds = { maxOutputLength: mostDecoded, finishFlush: constants.Z_SYNC_FLUSH };
const brotliBounds = { maxOutputLength: mostDecoded, finishFlush: constants.BROTLI_OPERATION_FLUSH };

type Decode = (bytes: Uint8Array) => Uint8Array;

/** Both are called deflate: zlib's format by the standard, the bare one by some senders. */
const inflate: Decode = (bytes) => {
	try {
		return inflateSync(bytes, bounds);
	} catch (error) {
		if (isTooLong(error)) throw error;
		return inflateRawSync(bytes, bounds);
	}
};

const decoders = new Map<string, Decode>([
	['gzip', (bytes) => gunzipSync(bytes, bounds)],
	['x-gzip', (bytes) => gunzipSync(bytes, bounds)],
	['deflate', inflate],
	['br', (bytes) => brotliDecompressSync(bytes, brotliBounds)],
]);

/**
 * Takes the `Content-Encoding` of a body off it, the last coding first: https://www.rfc-editor.org/rfc/rfc9110#section-8.4. A body that is JSON as it is was
 * decoded on its way, whatever the header says; gzip that no one declared shows itself. Bounded in time and memory, whatever the bytes.
 *
 * @param header `Content-Encoding` as it came
 * @param contentType for the charset of what may be JSON already
 */
export function decodeContent(bytes: Uint8Array, header = '', contentType?: string): DecodedContent {
	const codings = codingsOf(header);
	if (codings.length > 0 && parseJsonTree(decodePayload(bytes, contentType)).ok) return { ok: true, bytes };
	if (codings.some((coding) => !decoders.has(coding)))
		return { ok: false, status: 415, problem: `has an unknown Content-Encoding; known: ${acceptedCodings}` };
	if (codings.length > mostCodings)
		return { ok: false, status: 415, problem: `has more than ${mostCodings} codings in its Content-Encoding` };
	let decoded = bytes;
	try {
		for (let layer = 0; layer < mostCodings; layer++) {
			const coding = codings.pop() ?? (isGzip(decoded) ? 'gzip' : 'identity');
			decoded = decoders.get(coding)?.(decoded) ?? decoded;
		}
		return { ok: true, bytes: decoded };
	} catch (error) {
		if (isTooLong(error)) return { ok: false, status: 413, problem: 'is longer than 32 KiB when it is decoded; a lead is 1 to 2 KiB' };
		return { ok: false, status: 400, problem: 'cannot be decoded by its Content-Encoding, and is not JSON without decoding' };
	}
}

/** Lower case, in the order in which they were applied. */
function codingsOf(header: string): string[] {
	const codings = header.split(',').map((coding) => coding.split(';')[0]?.trim().toLowerCase() ?? '');
	return codings.filter((coding) => coding !== '' && coding !== 'identity');
}

const isGzip = ([first, second]: Uint8Array) => first === 0x1f && second === 0x8b;
const isTooLong = (error: unknown) => (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE';
