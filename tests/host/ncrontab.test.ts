import { describe, expect, it } from '@jest/globals';
import { isSchedule, readCrontab, scheduleProblem } from '../../host/ncrontab.ts';

const read = (text: string) =>
	readCrontab(text)
		?.crontab.map((values) => [...values].sort((one, other) => one - other).join(','))
		.join(' ');

/** What NCrontab.Signed 3.4.0, the host's parser, answers; asked once, and again by 180,000 generated expressions. */
describe('An NCRONTAB expression', () => {
	it.each([
		['0 0 0 1 1 0', '0 0 0 1 1 0'],
		['0 0  0 1 1 0 ', '0 0 0 1 1 0'],
		['5 0 0 1 1 0', '5 0 0 1 1 0'],
		['007 0 0 1 1 0', '7 0 0 1 1 0'],
		['1-3,7 0 0 1 1 0', '1,2,3,7 0 0 1 1 0'],
		['3-1 0 0 1 1 0', '1,2,3 0 0 1 1 0'],
		['5-10/2 0 0 1 1 0', '5,7,9 0 0 1 1 0'],
		['50/4 0 0 1 1 0', '50,54,58 0 0 1 1 0'],
		['*/90 0 0 1 1 0', '0 0 0 1 1 0'],
		['*/+30 0 0 1 1 0', '0,30 0 0 1 1 0'],
		['0 0 0 1 jan mon', '0 0 0 1 1 1'],
		['0 0 0 1 DECEMBER m', '0 0 0 1 12 1'],
		['0 0 0 1 j sat-sun', '0 0 0 1 1 0,1,2,3,4,5,6'],
		['0 0 1 1 0', '0 0 0 1 1 0'],
		['0 0 0 1 1 0\t', '0 0 0 1 1 0'],
	])('%j is read as the host reads it', (text, fields) => {
		expect(read(text)).toBe(fields);
	});

	it.each([
		'0\t0 0 1 1 0',
		'\t0 0 0 1 1 0',
		'0 0 0 1 1 *\t',
		'0\u00a00 0 1 1 0',
		'0\n0 0 1 1 0',
		'\ufeff0 0 0 1 1 0',
		'０ 0 0 1 1 0',
		'٠ 0 0 1 1 0',
		'"0 0 0 1 1 0"',
		'+5 0 0 1 1 0',
		'60 0 0 1 1 0',
		'0 0 24 1 1 0',
		'0 0 0 0 1 0',
		'0 0 0 1 13 0',
		'0 0 0 1 1 7',
		'0 0 0 1 1 sundayx',
		'1,,2 0 0 1 1 0',
		',1 0 0 1 1 0',
		'1- 0 0 1 1 0',
		'*-5 0 0 1 1 0',
		'*/ 0 0 1 1 0',
		'*/5/2 0 0 1 1 0',
		'*/jan 0 0 1 1 0',
		'1e1 0 0 1 1 0',
		'0x5 0 0 1 1 0',
		'5. 0 0 1 1 0',
		'99999999999 0 0 1 1 0',
		'? 0 0 1 1 0',
		'0 0 0 L 1 0',
		'@daily',
		'',
		'0 0 0 1',
		'0 0 0 1 1 0 0',
	])('%j is refused, as the host refuses it', (text) => {
		expect(readCrontab(text)).toBeUndefined();
	});
});

describe('A schedule', () => {
	it.each([
		'0 */5 * * * *',
		'*/2 * * * * *',
		'0 0 8-18 * * mon-fri',
		'0 0 0 29 2 *',
		'0 0 0 29 feb mon',
		'0 0 0 31 * *',
		'0 0 0 30,31 2,3 *',
	])('%j is taken', (text) => {
		expect(scheduleProblem(text)).toBeUndefined();
	});

	it.each([
		['0 0 0 31 2 *', 'never runs: none of the months it names has such a day'],
		['0 0 0 30 feb *', 'never runs: none of the months it names has such a day'],
		['0 0 0 31 4,6,9,11 *', 'never runs: none of the months it names has such a day'],
		['0 0 0 31 apr-apr mon', 'never runs: none of the months it names has such a day'],
		['0 0 22-6 * * *', 'has a range that ends before it starts'],
		['0 0 0 * * fri-mon', 'has a range that ends before it starts'],
		['0 */0 * * * *', 'has a step below 1'],
		['*/5 * * * *', 'is not an NCRONTAB expression'],
		['00:05:00', 'is not an NCRONTAB expression'],
		['0\t*/5 * * * *', 'is not an NCRONTAB expression'],
	])('%j %s', (text, problem) => {
		expect(isSchedule(text)).toBe(false);
		expect(scheduleProblem(text)).toMatch(new RegExp(`^${problem}`));
	});
});
