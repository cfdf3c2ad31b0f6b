import { brotliCompressSync as brotli, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeContent } from '../../../shared/lead/decode-content.ts';
import { propertyRuns } from '../../support/property-runs.ts';

/** In its quickest way: its best takes seconds for a few megabytes. */
const brotliCompressSync = (bytes: Uint8Array) => brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
const json = Buffer.from('{"Email":"zoë@example.com"}');
const decoded = (bytes: Uint8Array, header?: string) => {
	const content = decodeContent(bytes, header);
	return content.ok ? Buffer.from(content.bytes).toString() : `${content.status} ${content.problem}`;
};

describe('decodeContent', () => {
	it.each<[string, Uint8Array, string | undefined]>([
		['nothing declared', json, undefined],
		['a blank header', json, ' '],
		['identity', json, 'identity'],
		['gzip', gzipSync(json), 'gzip'],
		['x-gzip in capitals', gzipSync(json), 'X-GZIP'],
		['zlib’s deflate', deflateSync(json), 'deflate'],
		['bare deflate', deflateRawSync(json), 'Deflate'],
		['br', brotliCompressSync(json), 'br'],
		['with a parameter and blanks', gzipSync(json), ' gzip;q=1 , identity,'],
		['two codings, the last one first', brotliCompressSync(gzipSync(json)), 'gzip, br'],
		['four codings', gzipSync(deflateSync(brotliCompressSync(gzipSync(json)))), 'gzip, br, deflate, x-gzip'],
		['gzip that nobody declared', gzipSync(json), undefined],
		['gzip twice, declared once', gzipSync(gzipSync(json)), 'gzip'],
		['what was decoded on its way', json, 'gzip'],
		['what is JSON although it declares what nobody knows', json, 'zstd'],
		['gzip without its checksum', gzipSync(json).subarray(0, -8), 'gzip'],
		['br without its end', brotliCompressSync(json).subarray(0, -1), 'br'],
	])('reads %s', (_, bytes, header) => {
		expect(decoded(bytes, header)).toBe(json.toString());
	});

	it('leaves what was decoded on its way to UTF-16 as it is', () => {
		const utf16 = Buffer.from(json.toString(), 'utf16le');
		expect(decodeContent(utf16, 'gzip')).toEqual({ ok: true, bytes: utf16 });
	});

	it('gives of what is cut off what came', () => {
		const long = Buffer.from(JSON.stringify({ Description: Array.from({ length: 500 }, (_, index) => `word ${index}`).join(' ') }));
		for (const [header, bytes] of [
			['gzip', gzipSync(long)],
			['deflate', deflateSync(long)],
			['br', brotliCompressSync(long)],
		] as const)
			expect(decoded(bytes.subarray(0, bytes.length * 0.7), header)).toMatch(/^\{"Description":"word 0 word 1/);
	});

	it.each([
		['zstd', '415 has an unknown Content-Encoding; known: gzip, deflate, br, identity'],
		['gzip, compress', '415 has an unknown Content-Encoding; known: gzip, deflate, br, identity'],
		['gzip,gzip,gzip,gzip,gzip', '415 has more than 4 codings in its Content-Encoding'],
		['gzip', '400 cannot be decoded by its Content-Encoding, and is not JSON without decoding'],
		['deflate', '400 cannot be decoded by its Content-Encoding, and is not JSON without decoding'],
		['br', '400 cannot be decoded by its Content-Encoding, and is not JSON without decoding'],
	])('refuses rubbish that says it is %s', (header, refusal) => {
		expect(decoded(Buffer.from('\xff\xff\xff rubbish', 'latin1'), header)).toBe(refusal);
	});

	it.each([
		['gzip', gzipSync],
		['deflate', deflateSync],
		['deflate', deflateRawSync],
		['br', brotliCompressSync],
	] as const)('stops at 32 KiB: %s', (header, encode) => {
		expect(decoded(encode(Buffer.alloc(32 * 1024, ' ')), header)).toHaveLength(32 * 1024);
		expect(decoded(encode(Buffer.alloc(32 * 1024 + 1)), header)).toMatch(/^413 /);
		const bomb = encode(Buffer.alloc(10_000_000));
		const memory = process.memoryUsage().arrayBuffers;
		expect(decoded(bomb.subarray(0, 32 * 1024), header)).toMatch(/^413 /);
		expect(process.memoryUsage().arrayBuffers - memory).toBeLessThan(8_000_000);
	});

	it('never throws, and never gives more than 32 KiB', () => {
		const coding = fc.constantFrom('gzip', 'x-gzip', 'deflate', 'br', 'identity', 'zstd', '', ';', 'constructor', '__proto__');
		const layers = fc.array(fc.constantFrom(gzipSync, deflateSync, deflateRawSync, brotliCompressSync), { maxLength: 5 });
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), layers, fc.array(coding, { maxLength: 6 }), fc.nat(), (bytes, encodes, header, at) => {
				const encoded = encodes.reduce<Uint8Array>((before, encode) => encode(before), bytes);
				const damaged = Uint8Array.from(encoded, (byte, index) => (index === at % encoded.length ? at % 256 : byte));
				for (const body of [encoded, damaged, encoded.subarray(at % (encoded.length + 1))]) {
					const content = decodeContent(body, header.join(','));
					if (content.ok) expect(content.bytes.length).toBeLessThanOrEqual(32 * 1024);
				}
			}),
			propertyRuns,
		);
	});

	it('takes off what was put on, in any order', () => {
		const codings = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };
		fc.assert(
			fc.property(
				fc.json(),
				fc.array(fc.constantFrom(...(Object.keys(codings) as (keyof typeof codings)[])), { maxLength: 4 }),
				(text, names) => {
					const encoded = names.reduce<Uint8Array>((before, name) => codings[name](before), Buffer.from(text));
					expect(decoded(encoded, names.join(', '))).toBe(text);
				},
			),
			propertyRuns,
		);
	});
});
