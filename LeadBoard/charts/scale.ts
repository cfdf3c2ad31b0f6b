/** Round steps for a scale of whole numbers from 0: 2 to 5 of them, the last not below the largest number. */
export function countTicks(largest: number): number[] {
	const top = Math.max(1, largest);
	for (let size = 1; ; size *= 10)
		for (const factor of [1, 2, 5]) {
			const step = size * factor;
			if (step * 4 >= top) return Array.from({ length: Math.ceil(top / step) + 1 }, (_, index) => index * step);
		}
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
/** Each about six times the one before. */
const times = [second / 10, second, 10 * second, minute, 10 * minute, hour, 6 * hour, day, 7 * day, 30 * day, 365 * day, 3650 * day];

/** Steps for a scale of times by their order of magnitude: from the one below the shortest to the one above the longest; milliseconds. */
export function timeTicks(shortest: number, longest: number): number[] {
	const last = times.findIndex((time) => time >= longest);
	const to = last === -1 ? times.length - 1 : Math.max(1, last);
	const from = Math.min(
		to - 1,
		Math.max(
			0,
			times.findLastIndex((time) => time <= shortest),
		),
	);
	return times.slice(from, to + 1);
}

/** Where a time is between the first step and the last, by its order of magnitude; 0 to 1. */
export function timePlace(ms: number, ticks: readonly number[]): number {
	const [from = 1, to = 10] = [ticks[0], ticks.at(-1)];
	const place = Math.log(Math.max(ms, from) / from) / Math.log(to / from);
	return Math.min(1, place);
}

/** A share as SVG takes it in an attribute. */
export const percent = (share: number): string => `${Math.round(share * 1e5) / 1e3}%`;

const monthDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const weekDay = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** `29 Nov`, and `Sun, 29 Nov 2026`, of a day in UTC. */
export const shortDay = (day: string): string => monthDay.format(Date.parse(day));
export const longDay = (day: string): string => weekDay.format(Date.parse(day));

/** How a day is named below the chart: about seven of them are, today among them, and every other one of these only where there is room. */
export function dayNaming(index: number, days: number): 'always' | 'wide' | undefined {
	const step = Math.ceil(days / 7);
	const back = (days - 1 - index) / step;
	return Number.isInteger(back) ? (back % 2 === 0 ? 'always' : 'wide') : undefined;
}
