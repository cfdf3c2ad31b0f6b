import { describe, expect, it } from '@jest/globals';
import { lost, whileLost } from '../../../shared/basics/while-lost.ts';

describe('a change that others may overtake', () => {
	it('is attempted again while it is lost, and gives what the attempt gave that was not', async () => {
		const numbers: number[] = [];
		const attempt = async (number: number) => {
			numbers.push(number);
			return number < 3 ? lost : undefined;
		};
		expect(await whileLost('the row', 3, attempt)).toBeUndefined();
		expect(numbers).toEqual([1, 2, 3]);
	});

	it('is given up with an error that says what it was and how often it was attempted', async () => {
		await expect(whileLost('the row', 2, async () => lost)).rejects.toThrow('the row kept changing concurrently; gave up after 2 attempts');
	});

	it('is not attempted again after an attempt that failed', async () => {
		let attempts = 0;
		const failing = async () => {
			attempts++;
			throw new Error('503');
		};
		await expect(whileLost('the row', 5, failing)).rejects.toThrow('503');
		expect(attempts).toBe(1);
	});
});
