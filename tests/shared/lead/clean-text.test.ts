import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clean, cut, oneLine } from '../../../shared/lead/clean-text.ts';
import { codePoint } from '../../support/code-point.ts';
import { propertyRuns } from '../../support/property-runs.ts';

const anyText = fc.oneof(
	fc.string({ unit: codePoint }),
	fc.string({ unit: 'grapheme' }),
	fc.string({ unit: fc.constantFrom(' ', '\n', '\u0301', '\u200b', 'a', '\ud800') }),
);

describe('clean', () => {
	it('leaves ordinary text as it is', () => {
		expect(clean('Ada Lovelace, +44 (0)20')).toBe('Ada Lovelace, +44 (0)20');
		expect(clean('Zoë 吉野 👩‍👩‍👧‍👦 דנה')).toBe('Zoë 吉野 👩‍👩‍👧‍👦 דנה');
	});

	it('trims, and makes every line break a line feed', () => {
		expect(clean('\u00a0\t a\r\nb\rc\u2028d\u0085e\vf \n')).toBe('a\nb\nc\nd\ne\nf');
	});

	it('removes what cannot be seen: controls, bidi controls, BOM, zero-width space, noncharacters', () => {
		expect(clean('a\u0000\u0007\u001b\u007f\u202e\u2066\u200f\ufeff\u200b\u2060\u00ad\ufffe\u{e0041}b')).toBe('ab');
	});

	it('keeps tabs inside, and the joiners that emoji and Persian need', () => {
		expect(clean('a\tb')).toBe('a\tb');
		expect(clean('می\u200cخواهم ❤\ufe0f')).toBe('می\u200cخواهم ❤\ufe0f');
	});

	it('composes to NFC and replaces lone surrogates', () => {
		expect(clean('Zoe\u0308')).toBe('Zoë');
		expect(clean('a\ud83d b')).toBe('a\ufffd b');
	});

	it('leaves nothing of text in which nothing can be seen', () => {
		for (const blank of ['', ' ', '\r\n', '\u200b', '\u200d\ufe0f', '\u3164']) expect(clean(blank)).toBe('');
	});

	it('takes 32 KiB of combining marks without sorting them for seconds', () => {
		const marks = `a${'\u0301\u0316'.repeat(8000)}`;
		expect(clean(marks)).toBe(marks);
	});

	it('changes nothing the second time', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				expect(clean(clean(text))).toBe(clean(text));
				expect(oneLine(oneLine(text))).toBe(oneLine(text));
			}),
			propertyRuns,
		);
	});
});

describe('oneLine', () => {
	it('makes one space of every run of white space', () => {
		expect(oneLine(' a \r\n\t b\u2029c\u00a0d ')).toBe('a b c d');
	});
});

describe('cut', () => {
	it('leaves what fits', () => {
		expect(cut('abc', 3)).toBe('abc');
	});

	it('never cuts a grapheme when there is one before it', () => {
		expect(cut('ab👩‍👩‍👧‍👦', 8)).toBe('ab');
		expect(cut('abe\u0308', 3)).toBe('ab');
	});

	it('cuts a grapheme that is longer than the limit between code points', () => {
		expect(cut(`a${'\u0301'.repeat(500)}`, 10)).toBe(`a${'\u0301'.repeat(9)}`);
		expect(cut('👩‍👩‍👧‍👦', 1)).toBe('');
		expect(cut('👩‍👩‍👧‍👦', 4)).toBe('👩‍');
	});

	it('gives a well-formed beginning of at most the limit', () => {
		fc.assert(
			fc.property(fc.string({ unit: codePoint }), fc.nat(20), (text, max) => {
				const result = cut(text.toWellFormed(), max);
				expect(result.length).toBeLessThanOrEqual(max);
				expect(text.toWellFormed().startsWith(result)).toBe(true);
				expect(result.isWellFormed()).toBe(true);
			}),
			propertyRuns,
		);
	});
});
