import { type Crontab, readCrontab } from './ncrontab.ts';
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

const longestMs = 28 * 366 * 86_400_000;

/** The first time after `after` (exclusive) that the expression allows, in UTC; undefined when there is none, as for 31 February. */
export function nextByCrontab([seconds, minutes, hours, days, monthsAllowed, weekdaysAllowed]: Crontab, after: number): number | undefined {
	const time = new Date(Math.floor(after / 1000) * 1000 + 1000);
	while (time.getTime() - after < longestMs) {
		if (!monthsAllowed.has(time.getUTCMonth() + 1)) time.setTime(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + 1));
		else if (!days.has(time.getUTCDate()) || !weekdaysAllowed.has(time.getUTCDay()))
			time.setTime(Date.UTC(time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate() + 1));
		else if (!hours.has(time.getUTCHours())) time.setTime(Math.floor(time.getTime() / 3_600_000 + 1) * 3_600_000);
		else if (!minutes.has(time.getUTCMinutes())) time.setTime(Math.floor(time.getTime() / 60_000 + 1) * 60_000);
		else if (!seconds.has(time.getUTCSeconds())) time.setTime(time.getTime() + 1000);
		else return time.getTime();
	}
	return undefined;
}
