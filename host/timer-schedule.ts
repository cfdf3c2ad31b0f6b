import { readCrontab } from './ncrontab.ts';
import { nextByCrontab } from './next-by-crontab.ts';
import { timeSpanMs } from './time-span.ts';

export interface TimerSchedule {
	/** The first occurrence after a time; milliseconds since the epoch, UTC. Undefined when there is none. */
	next: (after: number) => number | undefined;
	/** Whether the host remembers its occurrences, so that one that was missed is made up for: not when they are less than a minute apart. */
	monitored: (now: number) => boolean;
}

/** Reads a timer's schedule: NCRONTAB, or an interval `hh:mm:ss`. Throws in the host's words. */
export function readTimerSchedule(text: string): TimerSchedule {
	const crontab = readCrontab(text)?.crontab;
	if (crontab) {
		const next = (after: number) => nextByCrontab(crontab, after);
		return { next, monitored: (now) => (next(next(now) ?? now) ?? Number.POSITIVE_INFINITY) - now > 60_000 };
	}
	const interval = timeSpanMs(text);
	if (!interval || interval < 0)
		throw new Error(`The schedule expression '${text}' was not recognized as a valid cron expression or timespan string.`);
	return { next: (after) => after + interval, monitored: () => interval >= 60_000 };
}
