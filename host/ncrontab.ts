const months = 'january february march april may june july august september october november december'.split(' ');
const weekdays = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');

interface Field {
	least: number;
	most: number;
	names?: string[];
}

const fields: Field[] = [
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

/** Something that the host takes and reads otherwise than it is written. */
export type Oddity = 'turned range' | 'step below 1';

/**
 * Reads an expression of six fields, or of five (then at second 0), as the host's own parser does; undefined where it refuses. Found by asking it
 * (NCrontab.Signed 3.4.0): fields are parted by U+0020 alone, digits are ASCII, a name may be cut short (`m` is monday, or march), `22-6` is 6-22, and a
 * step below 1 is 1. https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer#ncrontab-expressions
 */
export function readCrontab(text: string): { crontab: Crontab; oddities: Oddity[] } | undefined {
	const parts = text.split(' ').filter((part) => part !== '');
	if (parts.length === 5) parts.unshift('0');
	if (parts.length !== fields.length) return undefined;
	const oddities: Oddity[] = [];
	const sets = fields.map((field, index) => readField(parts[index] ?? '', field, oddities));
	return sets.every((set) => set !== undefined) ? { crontab: sets as Crontab, oddities } : undefined;
}

/** White space after a number is taken by .NET's `int.Parse`. */
const item = /^(?:\*|([a-z]+|\d+[\t-\r]*)(?:-([a-z]+|\d+[\t-\r]*))?)(?:\/([\t-\r]*[+-]?\d+[\t-\r]*))?$/i;

function readField(text: string, field: Field, oddities: Oddity[]): Set<number> | undefined {
	const allowed = new Set<number>();
	for (const part of text.split(',')) {
		const match = item.exec(part);
		if (!match) return undefined;
		const [, from, to, every] = match;
		const step = Number(every ?? 1);
		const start = from === undefined ? field.least : numberOf(from, field);
		const end = to !== undefined ? numberOf(to, field) : from === undefined || every !== undefined ? field.most : start;
		if (start === undefined || end === undefined || !(Math.abs(step) < 2 ** 31)) return undefined;
		if (start > end) oddities.push('turned range');
		if (step < 1) oddities.push('step below 1');
		for (let value = Math.min(start, end); value <= Math.max(start, end); value += Math.max(1, step)) allowed.add(value);
	}
	return allowed;
}

function numberOf(word: string, { least, most, names = [] }: Field): number | undefined {
	if (/^\d/.test(word)) return Number(word) >= least && Number(word) <= most ? Number(word) : undefined;
	const index = names.findIndex((name) => name.startsWith(word.toLowerCase()));
	return index < 0 ? undefined : index + least;
}

/** As long as it can be; that a 29 February and a weekday meet takes years, but they do. */
const longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * What is wrong with a schedule of six fields (second minute hour day month weekday), or undefined. Stricter than the host: what it would read otherwise than
 * it is written, and what would never come, is refused too.
 */
export function scheduleProblem(text: string): string | undefined {
	const read = text.split(' ').filter((part) => part !== '').length === 6 ? readCrontab(text) : undefined;
	if (!read) return 'is not an NCRONTAB expression';
	if (read.oddities.includes('turned range')) return 'has a range that ends before it starts: the timer swaps the two (22-6 becomes 6-22)';
	if (read.oddities.includes('step below 1')) return 'has a step below 1';
	return comes(read.crontab) ? undefined : 'never runs: none of the months it names has such a day';
}

export const isSchedule = (text: string): boolean => scheduleProblem(text) === undefined;

const comes = ([, , , days, months]: Crontab) => [...months].some((month) => Math.min(...days) <= (longest[month - 1] ?? 0));

/** Whether a schedule that is right comes in every hour of every day. */
export function comesEveryHour(text: string): boolean {
	const [, , hours, days, months, weekdays] = readCrontab(text)?.crontab ?? [];
	return hours?.size === 24 && days?.size === 31 && months?.size === 12 && weekdays?.size === 7;
}
