import type { Crontab } from './ncrontab.ts';

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
