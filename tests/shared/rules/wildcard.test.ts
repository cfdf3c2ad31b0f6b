import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold } from '../../../shared/lead/clean-text.ts';
import { fits } from '../../../shared/rules/wildcard.ts';
import { propertyRuns } from '../../support/property-runs.ts';

/** Small alphabets, so that patterns fit often. */
const text = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 12 });
const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*'), maxLength: 8 });

/** The plain meaning of `*`, as a regular expression: right, but slow on purpose-made texts. */
const plainly = (wanted: string, given: string) =>
	new RegExp(
		`^${wanted
			.split('*')
			.map((part) => part.replaceAll('.', '\\.'))
			.join('.*')}$`,
		's',
	).test(given);

describe('wildcards', () => {
	it.each([
		['contoso.*', 'contoso.crm', true],
		['contoso.*', 'contoso.', true],
		['contoso.*', 'contoso', false],
		['*.contoso.com', 'mail.contoso.com', true],
		['*.contoso.com', 'contoso.com', false],
		['a*a', 'a', false],
		['a*b*c', 'abbc', true],
		['a*bc*c', 'abc', false],
		['*', '', true],
		['**', 'x', true],
		['', '', true],
		['', 'x', false],
		['a.c', 'abc', false],
	])('%s and %s: %s', (wanted, given, expected) => {
		expect(fits(wanted, given)).toBe(expected);
	});

	it('fit what a regular expression fits', () => {
		fc.assert(
			fc.property(pattern, text, (wanted, given) => fits(wanted, given) === plainly(wanted, given)),
			propertyRuns,
		);
	});

	it('take in every text of a pattern that they take in', () => {
		fc.assert(
			fc.property(pattern, pattern, text, (wide, narrow, given) => !fits(wide, narrow) || !fits(narrow, given) || fits(wide, given)),
			propertyRuns,
		);
	});

	it('end soon on a text that is made to take long', () => {
		const looked: number[] = [];
		const given = {
			length: 32_768,
			startsWith: () => true,
			endsWith: () => true,
			indexOf: (_: string, from: number) => looked.push(from) && from + 1,
		};
		expect(fits('*a'.repeat(99), given as unknown as string)).toBe(true);
		expect(looked).toHaveLength(98);
		expect(fits(`${'*a'.repeat(99)}*b`, 'a'.repeat(32_768))).toBe(false);
	});

	it('are compared without regard to case and blanks, composed', () => {
		expect(fold('  Cre\u0300me \n Brulee ')).toBe('crème brulee');
	});
});
