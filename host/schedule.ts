import { type Crontab, readCrontab } from './ncrontab.ts';

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
