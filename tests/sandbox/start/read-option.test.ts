import { describe, expect, it } from '@jest/globals';
import { aboveZero, someOf, wholeNumber } from '../../../sandbox/start/read-option.ts';

describe('an option of a command', () => {
	it.each(['0', '-1', '1.5', 'x', '', '1e3', ' 2', 'NaN', '11'])('that is a whole number from 1 to 10 is not %j', (text) => {
		expect(() => wholeNumber(1, 10)(text)).toThrow('Give a whole number from 1 to 10.');
	});

	it('that is a number is read', () => {
		expect([wholeNumber(1, 10)('10'), wholeNumber(0)('100000'), aboveZero('0.5'), aboveZero('2')]).toEqual([10, 100_000, 0.5, 2]);
	});

	it.each(['0', '0.0', '-2', 'x', '', 'Infinity', '1.'])('that is above zero is not %j', (text) => {
		expect(() => aboveZero(text)).toThrow('Give a number above 0.');
	});

	it('that names some of what there is refuses a misspelled one, and says what there is', () => {
		const read = someOf(['kills', 'answers']);
		expect(read('answers, kills')).toEqual(['answers', 'kills']);
		expect(() => read('kills,anwers')).toThrow('anwers is none of kills, answers.');
		expect(() => read('')).toThrow('An empty name is none of kills, answers.');
	});
});
