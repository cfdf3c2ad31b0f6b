import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addressFinder, toBareAddress } from '../../../shared/person/find-address.ts';
import { readingsOf } from '../../../shared/person/readings.ts';
import { propertyRuns } from '../../support/property-runs.ts';

const hex = (char: string) => char.charCodeAt(0).toString(16).padStart(2, '0');
const every = (write: (char: string) => string) => (text: string) => text.replace(/[^ ]/g, write);
const special = (write: (char: string) => string) => (text: string) => text.replace(/[@%=&<>"\\+]/g, write);

/** Ways to write text as text. */
const ways: Record<string, (text: string) => string> = {
	json: (text) => JSON.stringify({ said: text }),
	'json escapes': (text) => JSON.stringify({ said: text }).replace(/[@<>&]/g, (char) => `\\u00${hex(char)}`),
	percent: (text) => encodeURIComponent(text),
	form: (text) => new URLSearchParams({ said: text }).toString(),
	'all percent': every((char) => `%${hex(char)}`),
	'quoted-printable': special((char) => `=${hex(char).toUpperCase()}`),
	'decimal entities': special((char) => `&#${char.charCodeAt(0)};`),
	'hexadecimal entities': special((char) => `&#x${hex(char)};`),
	base64: (text) => Buffer.from(text).toString('base64'),
	'base64 of gzip': (text) => gzipSync(text).toString('base64'),
	'base64 of UTF-16': (text) => Buffer.from(text, 'utf16le').toString('base64'),
};
const finalWays: Record<string, (text: string) => Uint8Array> = {
	'UTF-8': (text) => Buffer.from(text),
	'UTF-16': (text) => Buffer.from(text, 'utf16le'),
	'UTF-16 big endian': (text) => Buffer.from(text, 'utf16le').swap16(),
	gzip: (text) => gzipSync(text),
};
const written = fc.record({
	by: fc.array(fc.constantFrom(...Object.keys(ways)), { maxLength: 3 }),
	last: fc.constantFrom(...Object.keys(finalWays)),
});
const write = (text: string, { by, last }: { by: string[]; last: string }) =>
	(finalWays[last] as (text: string) => Uint8Array)(by.reduce((sum, way) => (ways[way] as (text: string) => string)(sum), text));

const find = addressFinder(toBareAddress('ann.lee@contoso.com') ?? { local: '', domain: '' });
const isFound = (bytes: Uint8Array) => Array.from(readingsOf(bytes)).some(find);

describe('an address, written in one way inside another', () => {
	it('is found', () => {
		const around = fc.constantFrom('', 'Ann <', 'mailto:', 'see ', '"', '(', '\n');
		const behind = fc.constantFrom('', '> ', ' or call', '"', ').', '\n', '?x=1');
		fc.assert(
			fc.property(around, behind, fc.constantFrom('ann.lee@contoso.com', 'Ann.Lee@Contoso.COM'), written, (before, after, address, how) => {
				expect(isFound(write(`${before}${address}${after}`, how))).toBe(true);
			}),
			propertyRuns,
		);
	});

	it('is not found in a longer one', () => {
		const near = fc.constantFrom(
			'joann.lee@contoso.com',
			'jo.ann.lee@contoso.com',
			'jo-ann.lee@contoso.com',
			'jo_ann.lee@contoso.com',
			'ann.lee@contoso.com.au',
			'ann.lee@contoso.community',
			'ann.lee+x@contoso.com',
			'ann-lee@contoso.com',
			'annlee@contoso.com',
			'ann.lee@mail.contoso.com',
		);
		fc.assert(
			fc.property(near, written, (address, how) => {
				expect(isFound(write(`Ann <${address}>`, how))).toBe(false);
			}),
			propertyRuns,
		);
	});
});
