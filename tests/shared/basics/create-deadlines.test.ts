import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { createDeadlines } from '../../../shared/basics/create-deadlines.ts';
import { propertyRuns } from '../../support/property-runs.ts';

describe('a deadline', () => {
	beforeEach(() => void jest.useFakeTimers({ now: 0 }));
	afterEach(() => void jest.useRealTimers());

	it('aborts as AbortSignal.timeout does', () => {
		const signal = createDeadlines()(500);
		jest.advanceTimersByTime(499);
		expect(signal.aborted).toBe(false);
		jest.advanceTimersByTime(26);
		expect(signal.reason).toMatchObject({ name: 'TimeoutError', message: 'The operation was aborted due to timeout' });
	});

	it('shares a signal with those that are set at nearly the same time for the same time', () => {
		const deadline = createDeadlines();
		const signal = deadline(3000);
		jest.advanceTimersByTime(90);
		expect(deadline(3000)).toBe(signal);
		expect(deadline(3001)).not.toBe(signal);
		jest.advanceTimersByTime(20);
		expect(deadline(3000)).not.toBe(signal);
	});

	it('aborts never before its time, and at most a twentieth or 100 ms after it', () => {
		const times = fc.array(fc.record({ ms: fc.constantFrom(0, 1, 20, 500, 3000, 60_000), afterMs: fc.nat(400) }), { maxLength: 30 });
		fc.assert(
			fc.property(times, (asked) => {
				const deadline = createDeadlines();
				const ends: { lateMs: number; ms: number }[] = [];
				for (const { ms, afterMs } of asked) {
					const begun = performance.now();
					deadline(ms).addEventListener('abort', () => ends.push({ lateMs: performance.now() - begun - ms, ms }));
					jest.advanceTimersByTime(afterMs);
				}
				jest.advanceTimersByTime(61_000);
				expect(ends).toHaveLength(asked.length);
				// Timers count in whole milliseconds.
				for (const { lateMs, ms } of ends) expect(lateMs >= 0 && lateMs <= Math.ceil(Math.min(100, ms / 20))).toBe(true);
			}),
			propertyRuns,
		);
	});

	it('may be waited for by many at once, without a warning', () => {
		const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
		const signal = createDeadlines()(1000);
		for (let count = 0; count < 200; count++) signal.addEventListener('abort', () => undefined);
		expect(warned).not.toHaveBeenCalled();
		warned.mockRestore();
	});
});
