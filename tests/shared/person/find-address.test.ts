import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { addressFinder, toBareAddress } from '../../../shared/person/find-address.ts';
import { readingsOf } from '../../../shared/person/readings.ts';

function holds(address: string, body: string | Uint8Array, contentType?: string): boolean {
	const wanted = toBareAddress(address);
	if (!wanted) throw new Error('not an address');
	const isIn = addressFinder(wanted);
	return Array.from(readingsOf(Buffer.from(body as string), contentType)).some(isIn);
}
const ann = 'ann@contoso.com';
const base64 = (text: string | Uint8Array) => Buffer.from(text as string).toString('base64');
const json = (value: unknown) => JSON.stringify(value);
const utf16le = (text: string) => Buffer.from(text, 'utf16le');

describe('an address as people give it', () => {
	it.each([
		'ann@contoso.com',
		' Ann@Contoso.COM ',
		'Ann Lee <ann@contoso.com>',
		'mailto:ann@contoso.com',
		'<ann@contoso.com>',
		'ann@contoso.com.',
		'ａｎｎ＠ｃｏｎｔｏｓｏ．ｃｏｍ',
	])('is read bare: %s', (text) => {
		expect(toBareAddress(text)).toEqual({ local: 'ann', domain: 'contoso.com' });
	});

	it.each(['', ' ', 'ann', '@contoso.com', 'ann@', 'a b@contoso.com', 'ann@b@c', 'ann@contoso.com, joe@contoso.com'])(
		'is none: %j',
		(text) => {
			expect(toBareAddress(text)).toBeUndefined();
		},
	);

	it('has its domain in ASCII', () => {
		expect(toBareAddress('jörg@MÜNCHEN.example')).toEqual({ local: 'jörg', domain: 'xn--mnchen-3ya.example' });
	});
});

describe('an address is found', () => {
	it.each([
		['bare', 'ann@contoso.com'],
		['in another casing', 'ANN@Contoso.COM'],
		['with a name', 'Ann Lee <ann@contoso.com>'],
		['as a link', 'mailto:ann@contoso.com?subject=x'],
		['as a link in capitals', 'MAILTO:ANN@CONTOSO.COM'],
		['in quotes', `'ann@contoso.com'`],
		['as a literal of Python', `{u'Email': u'ann@contoso.com'}`],
		['quoted before the @', '"ann"@contoso.com'],
		['at the end of a sentence', 'Write to ann@contoso.com.'],
		['before a sentence without a space', 'Write to ann@contoso.com.Thanks'],
		['before a line that was joined', 'ann@contoso.comPhone 1'],
		['behind an ellipsis', 'call or...ann@contoso.com'],
		['behind a bullet', '-ann@contoso.com'],
		['in italics', '_ann@contoso.com_'],
		['before a dash', 'ann@contoso.com-Ann'],
		['among Japanese', 'メールはann@contoso.comです'],
		['among Korean', '메일은 ann@contoso.com으로'],
		['with a footnote', 'ann@contoso.com¹'],
		['with a trademark', 'ann@contoso.com™'],
		['with white space around @', 'ann @ contoso.com'],
		['with a line break around @', 'ann@\r\n\tcontoso.com'],
		['with comments', 'ann(work)@(main)contoso.com(x)'],
		['with an absolute domain', 'ann@contoso.com. '],
		['in full width', 'ann＠contoso．com'],
		['with a small @', 'ann﹫contoso.com'],
		['with invisible characters inside', 'ann@\u200bcon\u00adtoso.com'],
		['with a control character inside', 'ann\u0001@contoso.com'],
		['behind an invisible character', 'joe\u200bann@contoso.com'],
		['before an invisible character', 'ann@contoso.com\u200bjoe'],
		['in a URL', 'https://x.example/?e=ann%40contoso.com&f=1'],
		['percent-encoded twice', 'e=ann%2540contoso.com'],
		['percent-encoded in full', '%61%6e%6E%40%63ontoso%2ecom'],
		['with the old escape of JavaScript', 'ann%u0040contoso.com'],
		['among the words of a form', 'note=write+to+ann%40contoso.com+please'],
		['as the second word of a form', 'note=mail+ann%40contoso.com'],
		['in a form of a careless sender', 'note=write+to+ann@contoso.com'],
		['as JSON escape', '{"e":"ann\\u0040contoso.com"}'],
		['as JSON escape in broken JSON', '{"e":"\\u003cann\\u0040contoso.com\\u003e"'],
		['behind an escaped line break', '{"e":"hello\\nann@contoso.com\\nbye"}'],
		['in JSON inside JSON inside JSON', json({ a: json({ b: json({ c: 'x\nann@contoso.com' }).replace('@', '\\u0040') }) })],
		['as \\x40', 'ann\\x40contoso.com'],
		['as \\u{40}', 'ann\\u{40}contoso.com'],
		['quoted-printable', 'To: <ann=40contoso.com>'],
		['quoted-printable over two lines', 'ann=40conto=\r\nso.com'],
		['as words of a mail header', '=?utf-8?Q?Ann_=3Cann=40con?= =?utf-8?Q?toso.com=3E?='],
		['as base64 words of a mail header', `=?utf-8?B?${base64('Ann <ann@contoso.com>')}?=`],
		['as a numeric entity', 'ann&#64;contoso&#46;com'],
		['as a hexadecimal entity', 'ann&#x40;contoso.com'],
		['as a named entity', 'ann&commat;contoso&period;com'],
		['as an entity of an entity', 'ann&amp;#64;contoso.com'],
		['among tags', 'ann<wbr>@<b>contoso</b>.com'],
		['between escaped tags', '&lt;ann@contoso.com&gt;'],
		['in base64', base64('{"Email":"ann@contoso.com"}')],
		['in base64 of base64', base64(base64('{"Email":"ann@contoso.com"}'))],
		['in base64 among JSON', json({ payload: base64('{"Email":"ann%40contoso.com"}') })],
		['in base64 of mail, over lines', base64(`${'x '.repeat(60)}ann@contoso.com ${'y '.repeat(60)}`).replace(/.{76}/g, '$&\r\n')],
		['in base64url', Buffer.from('{"Email":"ann@contoso.com","?":"???>>>"}').toString('base64url')],
		['in base64 of gzip', base64(gzipSync('{"Email":"ann@contoso.com"}'))],
		['in base64 of UTF-16', base64(utf16le('{"Email":"ann@contoso.com"}'))],
		['in base64 of windows-1252', base64(Buffer.from('M\xfcller ann@contoso.com', 'latin1'))],
		['entity in a URL in JSON', json({ d: 'https://x.example/?q=ann%26%2364%3Bcontoso.com' })],
		['with what looks like quoted-printable before it', json({ q: 'e=ad&email=\\u0061nn@contoso.com' })],
	])('%s', (_, text) => {
		expect(holds(ann, text)).toBe(true);
	});

	it.each<[name: string, bytes: Uint8Array, contentType?: string]>([
		['UTF-16 without a mark', utf16le('<ann@contoso.com>')],
		['UTF-16 with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16le('<ann@contoso.com>')])],
		['UTF-16, big endian', utf16le('<ann@contoso.com>').swap16()],
		['UTF-16 from an odd byte on', Buffer.concat([Buffer.from('x'), utf16le(' ann@contoso.com')])],
		['UTF-16 that says UTF-8', utf16le('ann\\u0040contoso.com'), 'text/plain; charset=utf-8'],
		['gzip', gzipSync('{"Email":"ann@contoso.com"}')],
		['gzip that was cut off', gzipSync(`ann@contoso.com ${Array.from({ length: 4000 }, (_, i) => i * 7919).join()}`).subarray(0, 4000)],
		['gzip of gzip', gzipSync(gzipSync('ann@contoso.com'))],
		['deflate', deflateSync('{"Email":"ann@contoso.com"}')],
		['deflate without a head', deflateRawSync('{"Email":"ann@contoso.com"}')],
		['br', brotliCompressSync('{"Email":"ann@contoso.com","Name":"Müller, Lovelace and others"}')],
		['a declared charset', Buffer.from('ann\x81\x97contoso.com', 'latin1'), 'text/plain; charset=shift_jis'],
	])('in bytes: %s', (_, ...said) => {
		expect(holds(ann, ...said)).toBe(true);
	});

	it.each([
		['jörg@münchen.example', 'JÖRG@MÜNCHEN.example'],
		['jörg@münchen.example', 'jo\u0308rg@xn--mnchen-3ya.example'],
		['jörg@xn--mnchen-3ya.example', 'jörg@XN--MNCHEN-3YA.Example'],
		['jörg@münchen.example', 'j&ouml;rg@m&uuml;nchen.example'],
		['jörg@münchen.example', 'j%F6rg%40m%FCnchen.example'],
		['ann+x@contoso.com', 'email=ann%2Bx%40contoso.com'],
		['ann+x@contoso.com', 'email=ann+x%40contoso.com'],
		["o'neil@contoso.com", "mail o'neil@contoso.com"],
	])('%s in %s', (address, text) => {
		expect(holds(address, text)).toBe(true);
	});

	it('in windows-1252', () => {
		expect(holds('jörg@münchen.example', Buffer.from('{"e":"J\xd6RG@M\xdcNCHEN.example"}', 'latin1'))).toBe(true);
	});
});

describe('another address is not taken for it', () => {
	it.each([
		'joann@contoso.com',
		'jo.ann@contoso.com',
		'jo-ann@contoso.com',
		'jo_ann@contoso.com',
		'jo+ann@contoso.com',
		"jo'ann@contoso.com",
		'jo%ann@contoso.com',
		'ann+x@contoso.com',
		'ann.x@contoso.com',
		'a.nn@contoso.com',
		'éann@contoso.com',
		'жann@contoso.com',
		'ann@contoso.com.au',
		'ann@contoso.community',
		'ann@contoso.com-x.example',
		'ann@sub.contoso.com',
		'ann@xcontoso.com',
		'ann@contosoxcom',
		'ann@contoso.co',
		'jo%2Bann%40contoso.com',
		'email=jo%2Bann%40contoso.com',
		'email=jo+ann%40contoso.com',
		'ref=jo+ann@contoso.com',
		'mailto:jo+ann%40contoso.com',
		'e=jo%252Bann%2540contoso.com',
		'{"e":"jo\\u002bann\\u0040contoso.com"}',
		'joann=40contoso.com',
		'jo&#43;ann&#64;contoso.com',
		'"jo ann"@contoso.com',
		base64('{"Email":"joann@contoso.com"}'),
		base64('{"Email":"jo+ann@contoso.com"}'),
	])('%s', (text) => {
		expect(holds(ann, text)).toBe(false);
		expect(holds(ann, utf16le(text))).toBe(false);
	});
});

describe('the work for one payload', () => {
	it.each([
		['escapes of escapes', `${'\\'.repeat(16_000)}u0040${'%25'.repeat(5000)}`],
		['words that could be base64', 'Wordlonger '.repeat(2900)],
		['combining marks', `a${'\u0301'.repeat(16_000)}`],
		['brackets and comments', `ann${'('.repeat(16_000)}${'<!--'.repeat(4000)}`],
		['the beginning of an address', 'ann@'.repeat(8000)],
		['addresses that go on', 'ann@contoso.com.au '.repeat(1700)],
		['fields of a form', 'a=b+c%40&'.repeat(3600)],
	])('has bounds: %s', (_, text) => {
		const began = process.cpuUsage();
		expect(holds('ann@contoso.com', text)).toBe(false);
		const { user } = process.cpuUsage(began);
		expect(user / 1000).toBeLessThan(3000);
	});

	it('has bounds: a bomb of gzip', () => {
		expect(holds(ann, gzipSync(Buffer.alloc(64 * 1024 * 1024)))).toBe(false);
	});
});
