import { expect, it } from '@jest/globals';
import { largestThatFits } from '../../../shared/lead/clean-text.ts';

it('finds the largest number that fits, or the lowest when none does', () => {
	for (const [low, high] of [
		[0, 0],
		[0, 1],
		[0, 37],
		[5, 64],
	] as const) {
		for (let limit = low; limit <= high; limit++) expect(largestThatFits(low, high, (value) => value <= limit)).toBe(limit);
		expect(largestThatFits(low, high, () => false)).toBe(low);
	}
});
