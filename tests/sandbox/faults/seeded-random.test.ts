import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '../../../sandbox/faults/seeded-random.ts';

const take = (seed: number, count: number) => {
	const random = seededRandom(seed);
	return Array.from({ length: count }, random);
};

describe('seeded random numbers', () => {
	it('are the same for the same seed, and others for another', () => {
		expect(take(1, 5)).toEqual(take(1, 5));
		expect(take(1, 5)).not.toEqual(take(2, 5));
	});

	it('fill the range evenly', () => {
		const numbers = take(3, 10_000);
		const inTenths = Array.from({ length: 10 }, (_, tenth) => numbers.filter((number) => Math.floor(number * 10) === tenth).length);
		expect(Math.min(...inTenths)).toBeGreaterThan(900);
		expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
	});
});
