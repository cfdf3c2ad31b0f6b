import { describe, expect, it } from '@jest/globals';
import { decodePayload } from '../../../shared/lead/decode-payload.ts';

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
		['a quoted charset in capitals', Buffer.from(json), 'application/json; Charset = "UTF-8"'],
	])('reads %s', (_, bytes, contentType) => {
		expect(decodePayload(bytes, contentType)).toBe(json);
	});

	it('reads the charset that is declared', () => {
		expect(decodePayload(Buffer.from('{"a":"ä"}', 'latin1'), 'application/json;charset=ISO-8859-1')).toBe('{"a":"ä"}');
	});

	it('replaces what cannot be decoded', () => {
		expect(decodePayload(Buffer.from([0x61, 0xff, 0xe4, 0x62]))).toBe('a\ufffd\ufffdb');
	});

	it('takes no bytes and one byte', () => {
		expect(decodePayload(new Uint8Array())).toBe('');
		expect(decodePayload(new Uint8Array([0]))).toBe('\u0000');
	});
});
