import { isUtf8 } from 'node:buffer';
import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { decodePayload } from '../lead/decode-payload.ts';
import { bytesToText, type DecodeText, decoderSets, decoders } from './decode-text.ts';

/** Bounds of the work for one payload: no one writes an address in more layers, and a payload made to have many is its sender's own. */
const mostReadings = 200;
const mostChars = 4_000_000;
const mostRounds = 12;
const mostUnpackings = 4;
const longestUnpacked = 1024 * 1024;

/**
 * Every text that some bytes can be read as: in their charset, in the usual ones, unpacked, and with what is written in JSON, URLs, forms, mail, HTML or
 * base64 undone, also one in the other. The plain text comes first.
 */
export function* readingsOf(bytes: Uint8Array, contentType?: string): Generator<string> {
	const seen = new Set<string>();
	const waiting = textsOf(bytes, contentType);
	let chars = 0;
	for (let text = waiting.shift(); text !== undefined; text = waiting.shift()) {
		if (text === '' || seen.has(text)) continue;
		chars += text.length;
		if (seen.size >= mostReadings || chars > mostChars) return;
		seen.add(text);
		yield text;
		waiting.push(...decoderSets.map((ways) => undoAll(text, ways)), ...decoders.map((undo) => undo(text)), ...base64In(text));
	}
}

function undoAll(text: string, ways: readonly DecodeText[]): string {
	let undone = text;
	for (let round = 0; round < mostRounds; round++) {
		const next = ways.reduce((read, undo) => undo(read), undone);
		if (next === undone) break;
		undone = next;
	}
	return undone;
}

function textsOf(bytes: Uint8Array, contentType?: string, unpackings = 0): string[] {
	const unpacked = unpackings < mostUnpackings ? unpack(bytes) : [];
	const inner = unpacked.flatMap((inside) => textsOf(inside, contentType, unpackings + 1));
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

const limit = { maxOutputLength: longestUnpacked };
const cutOff = { ...limit, finishFlush: constants.Z_SYNC_FLUSH };
/** As bodies are packed. Only the first shows itself for sure: whether it is one of the others, trying tells. */
const unpackers: readonly ((bytes: Uint8Array) => Uint8Array)[] = [
	(bytes) => gunzipSync(bytes, cutOff),
	(bytes) => inflateSync(bytes, cutOff),
	(bytes) => inflateRawSync(bytes, cutOff),
	(bytes) => brotliDecompressSync(bytes, { ...limit, finishFlush: constants.BROTLI_OPERATION_FLUSH }),
];

/** What packed bytes hold, also when they were cut off. */
function unpack(bytes: Uint8Array): Uint8Array[] {
	if (isUtf8(bytes)) return [];
	return unpackers.flatMap((unpacker) => {
		try {
			return [unpacker(bytes)].filter(({ length }) => length > 0);
		} catch {
			return []; // not packed so, or far too long
		}
	});
}

const base64 = /(?:[A-Za-z0-9+/_-]{60,76}\r?\n)+[A-Za-z0-9+/_-]*={0,2}|[A-Za-z0-9+/_-]{8,}={0,2}/g;
/** What short base64 is looked into for: an address, or another way of writing one. Long base64 of printable text is text. */
const promising = /[@%=&\\\0]|\xef\xbc\xa0|^[A-Za-z0-9+/_-]{8,}={0,2}$/;

const longText = 24;

/** Most long words are base64 of something; of text, seldom. */
function base64In(text: string): string[] {
	return Array.from(text.matchAll(base64)).flatMap(([run]) => {
		const bytes = Buffer.from(run.replace(/\s/g, ''), 'base64');
		const written = bytes.toString('latin1');
		const printable = written.replace(/[^\0\t\n\r -~]/g, '').length / written.length;
		if (printable > 0.75 && (written.length >= longText || promising.test(written))) return textsOf(bytes);
		return written.length >= longText ? unpack(bytes).flatMap((inside) => textsOf(inside)) : [];
	});
}
