import type { TimerFunction } from './timer-function.ts';
import { type TimerStatus, timerInput } from './timer-input.ts';
import type { TimerStatusStore } from './timer-status-file.ts';

export interface TimerListenerOptions {
	timer: TimerFunction;
	status: TimerStatusStore;
	clock: () => number;
	/** Resolves after so many milliseconds, or as soon as the signal is given. */
	sleep: (ms: number, signal: AbortSignal) => Promise<void>;
	/** Runs the function with its input. */
	run: (input: string) => Promise<unknown>;
}

/** A timer cannot wait longer at a time; `setTimeout` ends at 24.8 days. */
const longestSleepMs = 24 * 86_400_000;

/**
 * The host's timer trigger: never two runs at once; the next occurrence is counted from the run that ended; one that was missed while nothing ran is made up
 * for, once, as past due. Resolves when it was told to stop and its run has ended.
 */
export async function listenToTimer({ timer, status, clock, sleep, run }: TimerListenerOptions, signal: AbortSignal): Promise<void> {
	const started = clock();
	const monitored = timer.useMonitor && timer.schedule.monitored(started);
	const known = monitored ? status.read() : undefined;
	let current = known ? expect(timer, known, started) : first(timer, started);
	if (monitored && current && !known) status.write(current);
	const pastDue = known !== undefined && current !== undefined && current.next < started;
	let unscheduled = pastDue || timer.runOnStartup;
	while (current && !signal.aborted) {
		const wait = unscheduled ? 0 : current.next - clock();
		if (wait > 0) {
			await sleep(Math.min(wait, longestSleepMs), signal);
			continue;
		}
		const ranAt = unscheduled ? clock() : Math.max(clock(), current.next);
		try {
			await run(timerInput(monitored ? current : undefined, unscheduled && pastDue));
		} catch {
			// told by whoever ran it; a failure does not stop the schedule
		}
		unscheduled = false;
		const next = timer.schedule.next(ranAt);
		current = next === undefined ? undefined : { last: ranAt, next, updated: ranAt };
		if (monitored && current) status.write(current);
	}
}

function first({ schedule }: TimerFunction, now: number): TimerStatus | undefined {
	const next = schedule.next(now);
	return next === undefined ? undefined : { next, updated: now };
}

/**
 * What is remembered, unless the schedule has changed since: then its next occurrence counts, and one that would have been before now is not missed, so it
 * makes no run that is past due. As ScheduleMonitor of the WebJobs timers does it: https://github.com/Azure/azure-webjobs-sdk-extensions
 */
function expect(timer: TimerFunction, known: TimerStatus, now: number): TimerStatus | undefined {
	const next = timer.schedule.next(known.last ?? known.updated);
	if (next === known.next) return known;
	return next === undefined || next < now ? first(timer, now) : { next, updated: known.last ?? known.updated };
}
