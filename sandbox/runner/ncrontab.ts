const months = 'january february march april may june july august september october november december'.split(' ');
const weekdays = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');

interface Field {
	least: number;
	most: number;
	names?: string[];
}

const fields: [Field, Field, Field, Field, Field, Field] = [
	{ least: 0, most: 59 },
	{ least: 0, most: 59 },
	{ least: 0, most: 23 },
	{ least: 1, most: 31 },
	{ least: 1, most: 12, names: months },
	{ least: 0, most: 6, names: weekdays },
];

/** An NCRONTAB expression, read: the values that each field allows. Day and weekday must both fit, unlike in other crons. */
export type Crontab = [
	seconds: Set<number>,
	minutes: Set<number>,
	hours: Set<number>,
	days: Set<number>,
	months: Set<number>,
	weekdays: Set<number>,
];

/**
 * Reads an expression of six fields, or of five: then at second 0. Undefined when the host would not take it. Fields have lists of `*`, numbers, names,
 * ranges, each with a step. https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer#ncrontab-expressions
 */
export function readCrontab(text: string): Crontab | undefined {
	const parts = text.trim().split(/\s+/);
	if (parts.length === 5) parts.unshift('0');
	if (parts.length !== 6) return undefined;
	const sets = fields.map((field, index) => readField(parts[index] ?? '', field));
	return sets.every((set) => set !== undefined) ? (sets as Crontab) : undefined;
}

function readField(text: string, { least, most, names = [] }: Field): Set<number> | undefined {
	const number = (word: string) => {
		const name = names.findIndex((name) => word.length >= 3 && name.startsWith(word.toLowerCase()));
		return name >= 0 ? name + least : /^\d{1,2}$/.test(word) ? Number(word) : Number.NaN;
	};
	const allowed = new Set<number>();
	for (const item of text.split(',')) {
		const match = /^(?:\*|(\w+)(?:-(\w+))?)(?:\/(\d{1,2}))?$/.exec(item);
		if (!match) return undefined;
		const [, from, to, every] = match;
		const step = Number(every ?? 1);
		const first = from === undefined ? least : number(from);
		const last = to !== undefined ? number(to) : from === undefined || every !== undefined ? most : first;
		if (!step || !(first >= least && last <= most && first <= last)) return undefined;
		for (let value = first; value <= last; value += step) allowed.add(value);
	}
	return allowed;
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
