import { setImmediate } from 'node:timers/promises';
import { storageTimeoutMs } from '../../shared/basics/create-deadlines.ts';
import { remember } from '../../shared/basics/remember.ts';
import { timeOfLeadId } from '../../shared/lead/lead-id.ts';
import { listSaying, type Needs } from '../../shared/operate/list-saying.ts';
import type { BoardDeps } from '../board-deps.ts';
import type { ChartFacet, ChartWish, Range } from './chart-wish.ts';
import { addErased, addLead, type DayTally, openDay } from './tally.ts';

const dayMs = 86_400_000;
/** So many leads at most are read for the charts, whatever the journal holds. */
export const mostLeads = 10_000;
/** Of a page without payloads, and of one with. */
const pageSize = 500;
const payloadsAtOnce = 200;
/** Then what has been read is shown. Milliseconds. */
const longestMs = 20_000;
/** Reading a payload takes time: after so many, whoever else works in this process has a turn. */
const sliceSize = 5;
/** Someone who looks at one chart after the other reads once. Milliseconds. */
const keptMs = 60_000;

/** What was counted, a day after the other, those without leads too. */
export interface Tally {
	days: DayTally[];
	/** When it was read; milliseconds since the epoch. */
	at: number;
	/** Not all days that were asked for could be read. `first`: not even all leads of the first day. */
	cut?: 'before' | 'first';
	/** Every lead was counted by all that it says: it is the same for whatever leads are stacked by. */
	isWhole: boolean;
}

type ReadDeps = Pick<BoardDeps, 'journal' | 'clock' | 'deadline'>;

/** `2026-11-29`, UTC. */
export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** What the summaries of older leads do not say, and none says of what is too long for it. */
const inPayloads: readonly ChartFacet[] = ['country', 'campaign'];

/**
 * Counts the leads of the last days, today (UTC) included. One bounded read of the list, newest first, and three of the daily counts, kept for a minute; whoever
 * asks meanwhile shares it. Countries and campaigns are in the summaries of most leads; only where they are not, the list is read a second time, with the payloads
 * of those leads.
 */
export async function readTally({ days, by }: Pick<ChartWish, 'days' | 'by'>, deps: ReadDeps): Promise<Tally> {
	const known = readers.get(deps.journal) ?? reader(deps);
	readers.set(deps.journal, known);
	const tally = await known(days, 'nothing');
	return tally.isWhole || !inPayloads.includes(by) ? tally : known(days, 'all that is said');
}

type Read = (range: Range, needs: Needs) => Promise<Tally>;
const readers = new WeakMap<object, Read>();
const reader = (deps: ReadDeps): Read =>
	remember((range: Range, needs: Needs) => countDays({ range, needs }, deps), {
		keyOf: (range, needs) => `${range} ${needs}`,
		lasts: { clock: deps.clock, ms: () => keptMs },
	});

async function countDays({ range, needs }: { range: Range; needs: Needs }, { journal, clock, deadline }: ReadDeps): Promise<Tally> {
	const at = clock();
	const table = await journal();
	const today = Date.parse(dayOf(at));
	const since = today - (range - 1) * dayMs;
	const days = new Map(Array.from({ length: range }, (_, index) => dayOf(since + index * dayMs)).map((day) => [day, openDay(day)]));
	// Counted first: a lead that is erased meanwhile is missed rather than counted twice.
	const asked = { first: dayOf(since), last: dayOf(at) };
	const [counts, facetCounts] = await Promise.all([
		table.counts(asked, deadline(storageTimeoutMs.step)),
		table.facetCounts(asked, deadline(storageTimeoutMs.step)),
	]);
	const under = new Map(facetCounts.map(({ day, under }) => [day, under]));
	for (const { day, counts: erased } of counts) {
		const tally = days.get(day);
		if (tally) addErased(tally, erased, under.get(day));
	}
	const list = listSaying(needs, { journal: table, signal: () => deadline(storageTimeoutMs.step), atOnce: payloadsAtOnce });
	let after: string | undefined;
	let isWhole = true;
	for (let read = 0; ; ) {
		if (read >= mostLeads || clock() - at > longestMs) return { ...cutAt(after, [...days.values()], at), isWhole };
		const span = { since, until: at, ...(after !== undefined && { after }) };
		const { items, next } = await list(span, Math.min(pageSize, mostLeads - read));
		read += items.length;
		for (const [index, lead] of items.entries()) {
			const tally = days.get(dayOf(lead.receivedAt));
			if (tally) addLead(tally, lead);
			isWhole &&= lead.payload !== undefined || lead.summary.isWhole === true;
			if (index % sliceSize === sliceSize - 1) await setImmediate();
		}
		if (next === undefined) return { days: [...days.values()], at, isWhole };
		after = next;
	}
}

/** The days that were read to their ends, or the part of the last one that was read. */
function cutAt(after: string | undefined, days: DayTally[], at: number): Omit<Tally, 'isWhole'> {
	const reached = after === undefined ? dayOf(at) : dayOf(timeOfLeadId(after));
	const whole = days.filter(({ day }) => day > reached);
	if (whole.length > 0) return { days: whole, at, cut: 'before' };
	return { days: days.filter(({ day }) => day === reached), at, cut: 'first' };
}
