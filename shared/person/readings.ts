import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { decodePayload } from '../lead/decode-payload.ts';
import { bytesToText, type DecodeText, decoders, undoQuotedPrintable } from './decode-text.ts';

/** Bounds of the work for one payload: nobody writes an address in more layers, and a payload made to have many is its sender's own. */
const mostReadings = 200;
const mostChars = 4_000_000;
const mostRounds = 12;
const mostUnpackings = 4;
const longestUnpacked = 1024 * 1024;

/**
 * Every text that some bytes can be read as: in their charset, in the usual ones, unpacked, and with what is written in JSON, URLs, forms, mail, HTML or
 * base64 undone, also one in the other. The plain text comes first.
 *
 * @param packedAs The body's `Content-Encoding`, when it was kept.
 */
export function* readingsOf(bytes: Uint8Array, contentType?: string, packedAs?: string): Generator<string> {
	const seen = new Set<string>();
	const waiting = textsOf(bytes, { contentType, packedAs });
	let chars = 0;
	for (let text = waiting.shift(); text !== undefined; text = waiting.shift()) {
		if (text === '' || seen.has(text)) continue;
		chars += text.length;
		if (seen.size >= mostReadings || chars > mostChars) return;
		seen.add(text);
		yield text;
		waiting.push(undoAll(text, decoders), undoAll(text, inJson), ...decoders.map((undo) => undo(text)), ...base64In(text));
	}
}

/** In text that is no quoted-printable, what undoes it would spoil `email=ada@…`. */
const inJson = decoders.filter((undo) => undo !== undoQuotedPrintable);

function undoAll(text: string, ways: readonly DecodeText[]): string {
	let undone = text;
	for (let round = 0; round < mostRounds; round++) {
		const next = ways.reduce((read, undo) => undo(read), undone);
		if (next === undone) break;
		undone = next;
	}
	return undone;
}

interface Declared {
	contentType?: string | undefined;
	packedAs?: string | undefined;
}

function textsOf(bytes: Uint8Array, { contentType, packedAs }: Declared, unpackings = 0): string[] {
	const unpacked = unpackings < mostUnpackings ? unpack(bytes, packedAs) : [];
	const inner = unpacked.flatMap((inside) => textsOf(inside, { contentType }, unpackings + 1));
	return [...charactersOf(bytes, contentType), ...inner];
}

/** In the charset that is declared or shows itself, and in those that are likely although nothing declares them; never in one that would make others of them. */
function charactersOf(bytes: Uint8Array, contentType?: string): string[] {
	const declared = decodePayload(bytes, contentType);
	const zeros = bytes.reduce((sum, byte) => (byte === 0 ? sum + 1 : sum), 0);
	if (zeros < bytes.length / 10) return [declared, bytesToText(bytes)];
	const utf16 = ['utf-16le', 'utf-16be'].flatMap((charset) => [0, 1].map((from) => new TextDecoder(charset).decode(bytes.subarray(from))));
	return [...(declared.includes('\0') ? [] : [declared]), ...utf16];
}

/** What packed bytes hold, also when they were cut off. */
function unpack(bytes: Uint8Array, packedAs = ''): Uint8Array[] {
	const [first, second] = bytes;
	const limit = { maxOutputLength: longestUnpacked, finishFlush: constants.Z_SYNC_FLUSH };
	const isGzip = first === 0x1f && second === 0x8b;
	const isZlib = first !== undefined && (first & 0x0f) === 8 && ((first << 8) + (second ?? 0)) % 31 === 0;
	const ways = [
		...(isGzip ? [() => gunzipSync(bytes, limit)] : []),
		...(isZlib ? [() => inflateSync(bytes, limit)] : []),
		...(/deflate/i.test(packedAs) ? [() => inflateRawSync(bytes, limit)] : []),
		...(/\bbr\b/i.test(packedAs)
			? [() => brotliDecompressSync(bytes, { maxOutputLength: longestUnpacked, finishFlush: constants.BROTLI_OPERATION_FLUSH })]
			: []),
	];
	return ways.flatMap((way) => {
		try {
			return [way()];
		} catch {
			return []; // not packed so, or far too long
		}
	});
}

const base64 = /(?:[A-Za-z0-9+/_-]{60,76}\r?\n)+[A-Za-z0-9+/_-]*={0,2}|[A-Za-z0-9+/_-]{8,}={0,2}/g;
/** What base64 is looked into for: an address, or another way of writing one. */
const promising = /[@%=&\\\0]|\xef\xbc\xa0|^[A-Za-z0-9+/_-]{8,}={0,2}$/;

/** Most long words are base64 of something; of text, seldom. */
function base64In(text: string): string[] {
	return Array.from(text.matchAll(base64)).flatMap(([run]) => {
		const bytes = Buffer.from(run.replace(/\s/g, ''), 'base64');
		const written = bytes.toString('latin1');
		const printable = written.replace(/[^\0\t\n\r -~]/g, '').length / written.length;
		if (printable > 0.75 && promising.test(written)) return textsOf(bytes, {});
		return unpack(bytes).flatMap((inside) => textsOf(inside, {}));
	});
}
