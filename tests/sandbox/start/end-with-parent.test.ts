import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { endWithParent } from '../../../sandbox/start/end-with-parent.ts';

describe('Under npm', () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	it.each([
		{ underNpm: true, ends: 1 },
		{ underNpm: false, ends: 0 },
	])('($underNpm) the start ends when its parent has gone: $ends', ({ underNpm, ends }) => {
		let parent = 10;
		const end = jest.fn();
		endWithParent(end, { parent: () => parent, underNpm });
		jest.advanceTimersByTime(5000);
		expect(end).not.toHaveBeenCalled();
		parent = 1;
		jest.advanceTimersByTime(5000);
		expect(end).toHaveBeenCalledTimes(ends);
	});
});
