import { setImmediate } from 'node:timers/promises';
import { remember } from '../../shared/basics/remember.ts';
import { timeOfLeadId } from '../../shared/lead/lead-id.ts';
import { type BoardDeps, storageTimeoutMs } from '../board-deps.ts';
import type { Range } from './chart-wish.ts';
import { addErased, addLead, type DayTally, openDay } from './tally.ts';

const dayMs = 86_400_000;
const pageSize = 200;
/** Requests for a page each: 10,000 leads at most are read for the charts, whatever the journal holds. */
const mostPages = 50;
/** Then what has been read is shown. Milliseconds. */
const longestMs = 20_000;
/** Reading a payload takes time: after so many, whoever else works in this process has a turn. */
const sliceSize = 5;
/** Someone who looks at one chart after the other reads once. Milliseconds. */
const keptMs = 60_000;

export const mostLeads = pageSize * mostPages;

/** What was counted, a day after the other, those without leads too. */
export interface Tally {
	days: DayTally[];
	/** When it was read; milliseconds since the epoch. */
	at: number;
	/** Not all days that were asked for could be read. `first`: not even all leads of the first day. */
	cut?: 'before' | 'first';
}

type ReadDeps = Pick<BoardDeps, 'journal' | 'clock' | 'deadline'>;

/** `2026-11-29`, UTC. */
export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/**
 * Counts the leads of the last days, today (UTC) included. One bounded read of the list with payloads, newest first, and two of the daily counts, kept for a
 * minute; whoever asks meanwhile shares it.
 */
export function readTally(range: Range, deps: ReadDeps): Promise<Tally> {
	const known = readers.get(deps.journal) ?? reader(deps);
	readers.set(deps.journal, known);
	return known(range);
}

const readers = new WeakMap<object, (range: Range) => Promise<Tally>>();
const reader = (deps: ReadDeps) => remember((range: Range) => countDays(range, deps), { lasts: { clock: deps.clock, ms: () => keptMs } });

async function countDays(range: Range, { journal, clock, deadline }: ReadDeps): Promise<Tally> {
	const at = clock();
	const table = await journal();
	const today = Date.parse(dayOf(at));
	const since = today - (range - 1) * dayMs;
	const days = new Map(Array.from({ length: range }, (_, index) => dayOf(since + index * dayMs)).map((day) => [day, openDay(day)]));
	// Counted first: a lead that is erased meanwhile is missed rather than counted twice.
	const asked = { first: dayOf(since), last: dayOf(at) };
	const [counts, facetCounts] = await Promise.all([
		table.counts(asked, deadline(storageTimeoutMs)),
		table.facetCounts(asked, deadline(storageTimeoutMs)),
	]);
	const under = new Map(facetCounts.map(({ day, under }) => [day, under]));
	for (const { day, counts: erased } of counts) {
		const tally = days.get(day);
		if (tally) addErased(tally, erased, under.get(day));
	}
	let after: string | undefined;
	for (let page = 0; ; page++) {
		if (page === mostPages || clock() - at > longestMs) return cutAt(after, [...days.values()], at);
		const span = { since, until: at, ...(after !== undefined && { after }) };
		const { items, next } = await table.leads(span, { most: pageSize, payloads: true }, deadline(storageTimeoutMs));
		for (const [index, lead] of items.entries()) {
			const tally = days.get(dayOf(lead.receivedAt));
			if (tally) addLead(tally, lead);
			if (index % sliceSize === sliceSize - 1) await setImmediate();
		}
		if (next === undefined) return { days: [...days.values()], at };
		after = next;
	}
}

/** The days that were read to their ends, or the part of the last one that was read. */
function cutAt(after: string | undefined, days: DayTally[], at: number): Tally {
	const reached = after === undefined ? dayOf(at) : dayOf(timeOfLeadId(after));
	const whole = days.filter(({ day }) => day > reached);
	if (whole.length > 0) return { days: whole, at, cut: 'before' };
	return { days: days.filter(({ day }) => day === reached), at, cut: 'first' };
}
