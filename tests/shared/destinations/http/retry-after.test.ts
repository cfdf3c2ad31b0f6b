import { describe, expect, it } from '@jest/globals';
import { retryAfterMs } from '../../../../shared/destinations/http/answer.ts';

const date = 'Mon, 23 Nov 2026 10:00:00 GMT';

describe('retryAfterMs', () => {
	it.each([
		['0', 0],
		['120', 120_000],
		['1.5', 1500],
		[' 30 ', 30_000],
		['999999999', 86_400_000],
		['Mon, 23 Nov 2026 10:00:30 GMT', 30_000],
		['Mon, 23 Nov 2026 09:00:00 GMT', undefined],
		['-5', undefined],
		['soon', undefined],
		['', undefined],
	])('of %j is %j', (text, ms) => {
		expect(retryAfterMs(new Headers({ 'retry-after': text, date }))).toBe(ms);
	});

	it('is nothing for a date that nothing can be compared with, and without a header', () => {
		expect(retryAfterMs(new Headers({ 'retry-after': date }))).toBeUndefined();
		expect(retryAfterMs(new Headers())).toBeUndefined();
	});
});
