import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readTimerSchedule } from '../../../host/timer-schedule.ts';
import type { TimerFunction } from '../../../sandbox/runner/timer-function.ts';
import type { TimerStatus } from '../../../sandbox/runner/timer-input.ts';
import { listenToTimer } from '../../../sandbox/runner/timer-listener.ts';
import { eventually } from '../../support/eventually.ts';
import { runApp } from '../../support/run-app.ts';
import { tempFolder } from '../../support/temp-folder.ts';

jest.setTimeout(30_000); // processes are started

const start = Date.UTC(2026, 0, 1, 10, 2, 30);
const at = (time: number) => new Date(time).toISOString().slice(11, 19);

/** Drives a timer on a clock of its own, which sleeping moves; a run takes `workMs`, and the timer is stopped after so many. */
async function drive(
	timer: Partial<Omit<TimerFunction, 'schedule'>> & { schedule: string },
	{ runs, workMs = 0, known, fail = false }: { runs: number; workMs?: number; known?: TimerStatus; fail?: boolean },
) {
	let now = start;
	let kept = known;
	const ran: { at: string; input: { IsPastDue: boolean; ScheduleStatus: { Last: string; Next: string } | null } }[] = [];
	const stopping = new AbortController();
	await listenToTimer(
		{
			timer: {
				name: 'Timer',
				bindingName: 'timer',
				runOnStartup: false,
				useMonitor: true,
				...timer,
				schedule: readTimerSchedule(timer.schedule),
			},
			status: {
				read: () => kept,
				write: (status) => {
					kept = status;
				},
			},
			clock: () => now,
			sleep: async (ms) => {
				now += ms;
			},
			run: async (input) => {
				ran.push({ at: at(now), input: JSON.parse(input) });
				now += workMs;
				if (ran.length === runs) stopping.abort();
				if (fail) throw new Error('failed on purpose');
			},
		},
		stopping.signal,
	);
	return { ran, times: ran.map(({ at }) => at), kept };
}

describe('A timer', () => {
	it('runs at each occurrence, and knows the last and the next', async () => {
		const { ran, times, kept } = await drive({ schedule: '0 */5 * * * *' }, { runs: 2 });
		expect(times).toEqual(['10:05:00', '10:10:00']);
		expect(ran[1]?.input).toMatchObject({
			IsPastDue: false,
			Schedule: { AdjustForDST: true },
			ScheduleStatus: { Last: '2026-01-01T10:05:00.000+00:00', Next: '2026-01-01T10:10:00.000+00:00' },
		});
		expect(at(kept?.next ?? 0)).toBe('10:15:00');
	});

	it('never runs twice at once: an occurrence during a run is left out', async () => {
		expect((await drive({ schedule: '0 * * * * *' }, { runs: 2, workMs: 150_000 })).times).toEqual(['10:03:00', '10:05:30']);
	});

	it('takes an interval as well', async () => {
		expect((await drive({ schedule: '01:00:00' }, { runs: 2 })).times).toEqual(['11:02:30', '12:02:30']);
	});

	it('goes on after a failed run', async () => {
		expect((await drive({ schedule: '0 * * * * *' }, { runs: 2, fail: true })).times).toEqual(['10:03:00', '10:04:00']);
	});

	it('makes up for an occurrence that was missed while nothing ran, once, as past due', async () => {
		const known = { last: start - 3_600_000, next: start - 3_450_000, updated: start - 3_600_000 };
		const { ran, times } = await drive({ schedule: '0 */5 * * * *' }, { runs: 2, known });
		expect(times).toEqual(['10:02:30', '10:05:00']);
		expect(ran.map(({ input }) => input.IsPastDue)).toEqual([true, false]);
	});

	it('does not think a changed schedule past due', async () => {
		const known = { last: start - 60_000, next: start - 30_000, updated: start - 60_000 };
		expect((await drive({ schedule: '0 0 * * * *' }, { runs: 1, known })).times).toEqual(['11:00:00']);
	});

	it.each(['0 */5 * * * *', '0 * * * * *', '00:10:00'])(
		'makes no run past due for a schedule that was changed to %s while nothing ran',
		async (schedule) => {
			const known = { last: start - 3_600_000, next: start + 3_600_000, updated: start - 3_600_000 };
			const { ran } = await drive({ schedule }, { runs: 2, known });
			expect(ran.map(({ input }) => input.IsPastDue)).toEqual([false, false]);
			expect(ran[0]?.at).not.toBe('10:02:30');
		},
	);

	it('runs at once when it is to run at startup', async () => {
		expect((await drive({ schedule: '0 0 * * * *', runOnStartup: true }, { runs: 2 })).times).toEqual(['10:02:30', '11:00:00']);
	});

	it('that runs more often than each minute remembers nothing', async () => {
		const { kept, ran } = await drive({ schedule: '*/30 * * * * *' }, { runs: 1 });
		expect([kept, ran[0]?.input.ScheduleStatus]).toEqual([undefined, null]);
	});
});

describe('An app with timers', () => {
	let folder: ReturnType<typeof tempFolder>;
	beforeEach(() => {
		folder = tempFolder();
	});
	afterEach(() => folder.remove());

	it('runs them, gives their input in camelCase, and leaves out those whose schedule is wrong', async () => {
		mkdirSync(join(folder.path, 'timers'));
		const missed = Date.now() - 7_200_000;
		writeFileSync(
			join(folder.path, 'timers', 'Hourly.json'),
			JSON.stringify({ last: missed, next: Math.ceil((missed + 1) / 3_600_000) * 3_600_000, updated: missed }),
		);
		const app = await runApp('timers', { OFTEN: '* * * * * *' }, { data: folder.path });
		try {
			const said = await eventually(() => {
				const said = app.lines.filter(({ message }) => message.startsWith('{'));
				return said.some((line) => line.function === 'Often') && said.some((line) => line.function === 'Hourly') && said;
			});
			const input = (name: string) => JSON.parse(said.find((line) => line.function === name)?.message ?? '');
			expect(input('Often')).toEqual({ schedule: { adjustForDST: true }, scheduleStatus: null, isPastDue: false });
			expect(input('Hourly')).toMatchObject({ isPastDue: true, scheduleStatus: { last: expect.stringMatching(/^20/) } });
			expect(app.linesAt('warning')).toEqual([
				"The 'Wrong' function is in error: The schedule expression '61 * * * * *' was not recognized as a valid cron expression or timespan string.",
				"The 'Unset' function is in error: '%NO_SUCH_SETTING%' does not resolve to a value",
			]);
		} finally {
			await app.stop();
		}
	});

	it('runs one at once when the admin endpoint is asked to, and says which invocation that is', async () => {
		const app = await runApp('timers', { OFTEN: '0 0 0 1 1 *' }, { data: folder.path });
		try {
			const headers = { 'x-functions-key': app.ready.masterKey };
			const response = await fetch(`${app.origin}/admin/functions/often`, { method: 'POST', body: '{"input":""}', headers });
			expect([response.status, await response.text()]).toEqual([202, '']);
			const ended = await eventually(() => app.ended[0]);
			expect(ended).toMatchObject({ function: 'Often', ok: true, invocationId: response.headers.get('x-ms-invocation-id') });
		} finally {
			await app.stop();
		}
	});
});
