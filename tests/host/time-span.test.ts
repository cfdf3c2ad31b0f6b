import { expect, it } from '@jest/globals';
import { timeSpanMs } from '../../host/time-span.ts';

const day = 86_400_000;

/** What .NET 10 answers (`TimeSpan.TryParse`, invariant); asked once, and again by 180,000 generated texts. */
it.each([
	['00:00:30', 30_000],
	['01:02:03', 3_723_000],
	['1.00:00:00', day],
	['1:00:00:00', day],
	['00:05', 300_000],
	['0:5:0', 300_000],
	['1.2:3', day + 7_380_000],
	['00:00:00.2500000', 250],
	['5:00:.6', 18_000_600],
	['-00:00:01', -1000],
	[' 00:00:30\u00a0', 30_000],
	['30', 30 * day],
	['24:00:00', 24 * day],
	['100:00:00', 100 * day],
	['10675199.02:48:05', 922_337_203_685_000],
	['10675200', undefined],
	['25:00', undefined],
	['00:60:00', undefined],
	['1.24:00:00', undefined],
	['00:00:00.12345678', undefined],
	['+00:05:00', undefined],
	['００:05:00', undefined],
	['PT30S', undefined],
	['', undefined],
])('a time span of %j is %s ms', (text, ms) => {
	expect(timeSpanMs(text)).toBe(ms);
});
