import { storageTimeoutMs } from '../../shared/basics/create-deadlines.ts';
import type { TicketList } from '../../shared/journal/journal.ts';
import type { BoardDeps } from '../board-deps.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How long ago a lead was received: from the end of the step before up to this. */
const steps = [
	['up to 5 minutes', 5 * minuteMs],
	['5 minutes to 1 hour', hourMs],
	['1 to 6 hours', 6 * hourMs],
	['6 to 24 hours', dayMs],
	['1 to 3 days', 3 * dayMs],
	['more than 3 days', Number.POSITIVE_INFINITY],
] as const;

/** What waits: deliveries that are tried again by themselves (and leads that do not know where to go), and those that wait for a person. */
export interface Waiting {
	ages: { label: string; waiting: number; parked: number }[];
	waiting: number;
	parked: number;
	/** When the oldest lead of which something waits was received; milliseconds since the epoch. */
	oldest?: number;
	/** There is more than was read. */
	more: boolean;
}

/** Of each list at most so much is read. */
const mostTickets = 1000;

/** Reads what waits, by age: one bounded request for each list, whose rows are nothing but keys. */
export async function readWaiting(
	destinations: readonly string[],
	{ journal, clock, deadline }: Pick<BoardDeps, 'journal' | 'clock' | 'deadline'>,
): Promise<Waiting> {
	const table = await journal();
	const now = clock();
	const lists: TicketList[] = [...destinations, 'undecided', 'parked'];
	const range = { until: Number.MAX_SAFE_INTEGER, most: mostTickets };
	const found = await Promise.all(lists.map((list) => table.tickets(list, range, deadline(storageTimeoutMs.step))));
	const parked = (found.at(-1) ?? []).map(({ receivedAt }) => receivedAt);
	const waiting = found
		.slice(0, -1)
		.flat()
		.map(({ receivedAt }) => receivedAt);
	const stepOf = (receivedAt: number) => steps.findIndex(([, upTo]) => now - receivedAt <= upTo);
	const count = (times: number[], step: number) => times.filter((time) => stepOf(time) === step).length;
	const oldest = Math.min(...waiting, ...parked);
	return {
		ages: steps.map(([label], step) => ({ label, waiting: count(waiting, step), parked: count(parked, step) })),
		waiting: waiting.length,
		parked: parked.length,
		...(Number.isFinite(oldest) && { oldest }),
		more: found.some((tickets) => tickets.length >= mostTickets),
	};
}
