import type { Journal } from './journal.ts';

/** In the year 2286; later ones have more digits. */
const lastTime = 9_999_999_999_999;

const dayOf = (time: number) => new Date(Math.min(time, lastTime)).toISOString().slice(0, 10);

/** How many payloads were rejected and not kept on the days (UTC) from one time to another. */
export async function countNotKept(
	journal: Pick<Journal, 'counts'>,
	{ since, until }: { since: number; until: number },
	signal: AbortSignal,
): Promise<number> {
	const days = await journal.counts({ first: dayOf(since), last: dayOf(until) }, signal);
	return days.reduce((sum, { counts }) => sum + (counts.rejectedNotKept ?? 0), 0);
}
