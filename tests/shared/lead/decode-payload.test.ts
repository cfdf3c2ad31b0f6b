import { describe, expect, it } from '@jest/globals';
import { charsetOf, decodePayload } from '../../../shared/lead/decode-payload.ts';

const json = '{"a":"ä€"}';
const utf16le = Buffer.from(json, 'utf16le');
const utf16be = Buffer.from(json, 'utf16le').swap16();

describe('decodePayload', () => {
	it.each<[string, Uint8Array, string | undefined]>([
		['UTF-8 without a content type', Buffer.from(json), undefined],
		['UTF-8 as text/plain', Buffer.from(json), 'text/plain'],
		['UTF-8 with a BOM', Buffer.from(`\ufeff${json}`), 'application/json'],
		['UTF-8 with a BOM and another charset declared', Buffer.from(`\ufeff${json}`), 'application/json; charset=iso-8859-1'],
		['UTF-8 of an unknown charset', Buffer.from(json), 'application/json; charset=klingon'],
		['UTF-8 declared as UTF-16', Buffer.from(json), 'application/json; charset=utf-16'],
		['UTF-16 LE with a BOM', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16le]), undefined],
		['UTF-16 BE with a BOM', Buffer.concat([Buffer.from([0xfe, 0xff]), utf16be]), 'application/json; charset=utf-8'],
		['UTF-16 LE without a BOM', utf16le, 'application/json; charset=utf-16'],
		['UTF-16 BE without a BOM', utf16be, undefined],
		['UTF-8 declared as ISO 8859-1', Buffer.from(json), 'application/json; charset=iso-8859-1'],
		['UTF-8 declared as ASCII', Buffer.from(json), 'application/json; charset=us-ascii'],
		['UTF-8 declared as ISO 8859-15', Buffer.from(json), 'application/json; charset=iso-8859-15'],
		['a quoted charset in capitals', Buffer.from(json), 'application/json; Charset = "UTF-8"'],
	])('reads %s', (_, bytes, contentType) => {
		expect(decodePayload(bytes, contentType)).toBe(json);
	});

	it('reads the charset that is declared', () => {
		expect(decodePayload(Buffer.from('{"a":"ä"}', 'latin1'), 'application/json;charset=ISO-8859-1')).toBe('{"a":"ä"}');
		// Two bytes of GBK may be UTF-8 by chance.
		expect(decodePayload(Buffer.from([0xc4, 0xa3]), 'application/json;charset=gbk')).toBe('模');
	});

	it.each<[string, Uint8Array, string, string]>([
		[
			'Zoë Müller – „Straße“ €',
			Buffer.from([...'Zo\xebM\xfcller\x96\x84Stra\xdfe\x93\x80'].map((one) => one.charCodeAt(0))),
			'',
			'ZoëMüller–„Straße“€',
		],
		['a charset that nobody knows', Buffer.from('é', 'latin1'), 'application/json; charset=klingon', 'é'],
		['bytes that no other charset would have', Buffer.from([0x61, 0xff, 0x81, 0x8d, 0xe4, 0x62]), 'application/json', 'aÿ\u0081\u008däb'],
		['a capital letter before a quotation mark', Buffer.from([0x93, 0x43, 0x41, 0x46, 0xc9, 0x94]), '', '“CAFÉ”'],
	])('reads what is no UTF-8 and declares nothing as windows-1252, and says so: %s', (_, bytes, contentType, text) => {
		expect(decodePayload(bytes, contentType)).toBe(text);
		expect(charsetOf(bytes, contentType)).toEqual({ name: 'windows-1252', guessed: true });
	});

	it('replaces a byte that is broken in a text that is UTF-8 elsewhere, or declared to be', () => {
		expect(decodePayload(Buffer.concat([Buffer.from('Zoë Müller'), Buffer.from([0xff])]))).toBe('Zoë Müller\ufffd');
		expect(decodePayload(Buffer.from([0x61, 0xff]), 'text/plain; charset=utf-8')).toBe('a\ufffd');
	});

	it('guesses nothing where nothing has to be guessed', () => {
		for (const bytes of [Buffer.from(json), Buffer.from('{}'), new Uint8Array(), utf16le, utf16be, Buffer.from('\ufffd')])
			expect(charsetOf(bytes).guessed).toBeUndefined();
	});

	it('takes no bytes and one byte', () => {
		expect(decodePayload(new Uint8Array())).toBe('');
		expect(decodePayload(new Uint8Array([0]))).toBe('\u0000');
	});
});
