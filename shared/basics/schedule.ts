const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const weekdays = 'sun mon tue wed thu fri sat'.split(' ');
const fields: { least: number; most: number; names?: string[]; firstName?: number }[] = [
	{ least: 0, most: 59 },
	{ least: 0, most: 59 },
	{ least: 0, most: 23 },
	{ least: 1, most: 31 },
	{ least: 1, most: 12, names: months, firstName: 1 },
	{ least: 0, most: 6, names: weekdays, firstName: 0 },
];

/**
 * Whether a text is an NCRONTAB expression of six fields (second minute hour day month weekday) that the Functions host takes: `*`, numbers, names of
 * months and weekdays, ranges, steps, lists. https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer#ncrontab-expressions
 */
export function isSchedule(text: string): boolean {
	const parts = text.trim().split(/\s+/);
	return parts.length === fields.length && fields.every((field, index) => parts[index]?.split(',').every((item) => isItem(item, field)));
}

function isItem(item: string, { least, most, names = [], firstName = 0 }: (typeof fields)[number]): boolean {
	const match = /^(?:\*|(\w+)(?:-(\w+))?)(?:\/(\d{1,2}))?$/.exec(item);
	if (!match) return false;
	const value = (text: string) => {
		const name = names.indexOf(text.toLowerCase());
		return name >= 0 ? name + firstName : /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
	};
	const within = (number: number) => number >= least && number <= most;
	const [, from, to, step] = match;
	if (step !== undefined && Number(step) === 0) return false;
	if (from === undefined) return true;
	return within(value(from)) && (to === undefined || (within(value(to)) && value(from) <= value(to)));
}
