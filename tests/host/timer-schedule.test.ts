import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isSchedule } from '../../host/ncrontab.ts';
import { readTimerSchedule } from '../../host/timer-schedule.ts';
import { propertyRuns } from '../support/property-runs.ts';

const next = (schedule: string, after: string) => {
	const time = readTimerSchedule(schedule).next(Date.parse(after));
	return time === undefined ? undefined : new Date(time).toISOString().replace('.000Z', '');
};

describe('A timer schedule', () => {
	it.each([
		['0 */5 * * * *', '2026-01-01T10:00:00Z', '2026-01-01T10:05:00'],
		['0 */5 * * * *', '2026-01-01T10:04:59.999Z', '2026-01-01T10:05:00'],
		['* * * * * *', '2026-12-31T23:59:59.500Z', '2027-01-01T00:00:00'],
		['30 10,20 8-10/2 * * *', '2026-01-01T08:20:30Z', '2026-01-01T10:10:30'],
		['0 0 9 * * MON-FRI', '2026-01-02T09:00:00Z', '2026-01-05T09:00:00'],
		['0 0 0 29 feb *', '2026-01-01T00:00:00Z', '2028-02-29T00:00:00'],
		['0 0 0 13 * fri', '2026-01-01T00:00:00Z', '2026-02-13T00:00:00'],
		['0 5/20 * * * *', '2026-01-01T10:06:00Z', '2026-01-01T10:25:00'],
		['*/5 * * * *', '2026-01-01T10:01:30Z', '2026-01-01T10:05:00'],
		['0 0 0 1 January *', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00'],
		['00:30:00', '2026-01-01T10:01:30Z', '2026-01-01T10:31:30'],
		['1.00:00:00', '2026-01-01T10:01:30Z', '2026-01-02T10:01:30'],
		['24:00:00', '2026-01-01T10:01:30Z', '2026-01-25T10:01:30'],
		['5', '2026-01-01T10:01:30Z', '2026-01-06T10:01:30'],
		['0 0 22-6 * * *', '2026-01-01T22:00:00Z', '2026-01-02T06:00:00'],
		['*/0 * * * * *', '2026-01-01T10:01:30Z', '2026-01-01T10:01:31'],
		[' 0  */5 * * * * ', '2026-01-01T10:01:30Z', '2026-01-01T10:05:00'],
	])('%s after %s comes at %s', (schedule, after, expected) => {
		expect(next(schedule, after)).toBe(expected);
	});

	it('that fits no day never comes', () => {
		expect(next('0 0 0 31 2 *', '2026-01-01T00:00:00Z')).toBeUndefined();
	});

	it.each([
		'',
		'* * * *',
		'* * * * * * *',
		'60 * * * * *',
		'0 0 24 * * *',
		'0 0 0 0 * *',
		'0 0 0 * 13 *',
		'0 0 0 * * 7',
		'0\t*/5 * * * *',
		'0\u00a0*/5 * * * *',
		'0 */5 * * * *\n',
		'\ufeff0 */5 * * * *',
		'０ */5 * * * *',
		'"0 */5 * * * *"',
		'+5 * * * * *',
		'a * * * * *',
		'P1D',
		'25:00',
		'00:00:00',
		'-01:00:00',
	])('refuses "%s"', (schedule) => {
		expect(() => readTimerSchedule(schedule)).toThrow(`The schedule expression '${schedule}' was not recognized`);
	});

	const field = (least: number, most: number) => {
		const number = fc.integer({ min: least, max: most });
		const item = fc.oneof(
			fc.constant('*'),
			number.map(String),
			fc.tuple(number, number).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
			fc.integer({ min: 1, max: 59 }).map((step) => `*/${step}`),
		);
		return fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => items.join(','));
	};
	const schedules = fc
		.tuple(field(0, 59), field(0, 59), field(0, 23), field(1, 31), field(1, 12), field(0, 6))
		.map((fields) => fields.join(' '));

	it('that the runner takes, and that comes some day, is one that the settings take', () => {
		fc.assert(
			// A 30 February never comes: the settings refuse it.
			fc.property(schedules, (schedule) => readTimerSchedule(schedule).next(0) === undefined || isSchedule(schedule)),
			propertyRuns,
		);
	});

	it('comes after the time it is asked for, and nothing lies between', () => {
		fc.assert(
			fc.property(schedules, fc.integer({ min: 0, max: 4_000_000_000_000 }), (text, after) => {
				const schedule = readTimerSchedule(text);
				const time = schedule.next(after);
				if (time === undefined) return;
				expect(time).toBeGreaterThan(after);
				expect(time % 1000).toBe(0);
				expect(schedule.next(time - 1)).toBe(time);
			}),
			propertyRuns,
		);
	});
});
