import { storageTimeoutMs } from '../basics/create-deadlines.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { ListedLead } from '../journal/entries.ts';
import { type CountedFacet, countedFacets, type Journal } from '../journal/journal.ts';
import { type Facet, facets, facetsOf } from './lead-facets.ts';

/** By what leads are counted. */
export const dimensions = [...facets, 'destination', 'day', 'week'] as const;
export type Dimension = (typeof dimensions)[number];

export interface CountWish {
	by: Dimension;
	/** Received from one time up to another, both included; milliseconds since the epoch. */
	since: number;
	until: number;
	/** Only these; then what was erased cannot be counted, because nothing but numbers is left of it. */
	where?: ((lead: ListedLead) => boolean) | undefined;
	/** So many values at most, the commonest; days and weeks are all there. */
	most: number;
}

/** Leads of one value. A lead that says nothing counts under `''`; one with several campaigns under each of them. */
export interface CountRow {
	value: string;
	leads: number;
	/** Of a destination: how many deliveries are in which state. */
	states?: Partial<Record<Delivery['state'], number>>;
}

/** Leads by one dimension. A lead that was posted several times is one; tests are left out. */
export interface LeadCounts {
	by: Dimension;
	/** How many are counted. */
	leads: number;
	/** The commonest first; days (`2026-11-23`, UTC) and ISO weeks (`2026-W48`) in their order, those without leads too. */
	rows: CountRow[];
	/** What is in no row: how many values (at least), and how many leads. */
	others?: { values: number; leads: number };
	tests: number;
	/** How many of the leads are erased and live on in the daily counts. */
	erased: number;
	/** How many erased leads are not in `leads`, because no count is left of what they said. */
	uncounted: number;
}

export interface CountDeps {
	journal: () => Promise<Pick<Journal, 'leads' | 'counts' | 'facetCounts'>>;
	clock: () => number;
	deadline: (ms: number) => AbortSignal;
	onProgress: (read: number) => void;
}

const pageSize = 1000;
/** Of 32 KiB at most: so much is in memory at a time. */
const pageWithPayloads = 500;
const dayMs = 86_400_000;
/** In the year 2286; later ones have more digits. */
const lastTime = 9_999_999_999_999;

/** Counts what the journal has of a time, and what it has counted of those that were erased since. */
export async function countLeads(wish: CountWish, deps: CountDeps): Promise<LeadCounts> {
	const tally: Tally = { rows: new Map(), leads: 0, tests: 0, erased: 0, uncounted: 0, unnamed: 0 };
	await countErased(tally, wish, deps);
	await countLiving(tally, wish, deps);
	const { rows, unnamed, ...sums } = tally;
	const chosen =
		wish.by === 'day' || wish.by === 'week' ? { rows: inOrder(rows, wish, deps.clock()) } : commonest(rows, unnamed, wish.most);
	return { by: wish.by, ...sums, ...chosen };
}

/** What is counted so far; `unnamed`: of values that were too many to be kept. */
interface Tally extends Pick<LeadCounts, 'leads' | 'tests' | 'erased' | 'uncounted'> {
	rows: Map<string, CountRow>;
	unnamed: number;
}

function add({ rows }: Tally, value: string, leads: number, state?: Delivery['state']): void {
	const row = rows.get(value) ?? { value, leads: 0 };
	rows.set(value, row);
	row.leads += leads;
	if (!state) return;
	row.states ??= {};
	row.states[state] = (row.states[state] ?? 0) + leads;
}

async function countLiving(
	tally: Tally,
	{ by, since, until, where }: CountWish,
	{ journal, deadline, onProgress }: CountDeps,
): Promise<void> {
	const table = await journal();
	const payloads = where !== undefined || by === 'country' || by === 'campaign' || by === 'source';
	const options = { most: payloads ? pageWithPayloads : pageSize, payloads };
	let read = 0;
	for (let after: string | undefined; ; ) {
		const span = { since, until, ...(after !== undefined && { after }) };
		const { items, next } = await table.leads(span, options, deadline(storageTimeoutMs.list));
		for (const lead of items) {
			if (where && !where(lead)) continue;
			if (lead.summary.isTest) tally.tests++;
			else {
				tally.leads++;
				countOne(tally, by, lead);
			}
		}
		read += items.length;
		onProgress(read);
		if (next === undefined) return;
		after = next;
	}
}

function countOne(tally: Tally, by: Dimension, lead: ListedLead): void {
	if (by === 'day' || by === 'week') add(tally, periodOf(by, dayOf(lead.receivedAt)), 1);
	else if (by === 'destination') {
		const deliveries = Object.entries(lead.deliveries as Record<string, Delivery>);
		for (const [name, { state }] of deliveries) add(tally, name, 1, state);
		if (deliveries.length === 0) add(tally, '', 1);
	} else {
		const values = facetsOf(lead)[by];
		for (const value of values.length > 0 ? values : ['']) add(tally, value, 1);
	}
}

async function countErased(tally: Tally, { by, since, until, where }: CountWish, { journal, clock, deadline }: CountDeps): Promise<void> {
	const table = await journal();
	const now = clock();
	const days = { first: dayOf(since), last: dayOf(Math.min(until, now)) };
	const isFacet = isCountedFacet(by);
	const under = new Map(
		isFacet ? (await table.facetCounts(days, deadline(storageTimeoutMs.list))).map(({ day, under }) => [day, under]) : [],
	);
	for (const { day, counts } of await table.counts(days, deadline(storageTimeoutMs.list))) {
		const { received, tests, duplicates: _, rejected, rejectedNotKept, ...delivered } = counts;
		const leads = Math.max(0, (received ?? 0) - (tests ?? 0));
		const begin = Date.parse(day);
		const isWhole = begin >= since && (begin + dayMs - 1 <= until || until >= now);
		if (where || !isWhole || by === 'campaign' || by === 'source') {
			tally.uncounted += leads;
			continue;
		}
		tally.tests += tests ?? 0;
		let counted = leads;
		if (by === 'day' || by === 'week') add(tally, periodOf(by, day), leads);
		else if (by === 'destination')
			for (const [name, number] of Object.entries(delivered)) number > 0 && add(tally, name, number, 'delivered');
		else if (isFacet) {
			counted = 0;
			for (const [value, number] of Object.entries(under.get(day)?.[by] ?? {})) {
				if (value === '') tally.unnamed += number;
				else add(tally, value, number);
				counted += number;
			}
		}
		tally.leads += counted;
		tally.erased += counted;
		tally.uncounted += Math.max(0, leads - counted);
	}
}

const isCountedFacet = (by: Dimension | Facet): by is CountedFacet => countedFacets.some((facet) => facet === by);

/** The commonest values; the others are summed up. */
function commonest(rows: Map<string, CountRow>, unnamed: number, most: number): Pick<LeadCounts, 'rows' | 'others'> {
	const sorted = [...rows.values()].sort((one, other) => other.leads - one.leads || (one.value < other.value ? -1 : 1));
	const rest = sorted.slice(most);
	const leads = rest.reduce((sum, row) => sum + row.leads, unnamed);
	return { rows: sorted.slice(0, most), ...(leads > 0 && { others: { values: rest.length + (unnamed > 0 ? 1 : 0), leads } }) };
}

/** From the beginning of the time that is asked for (from the first lead, when all is asked for) to its end, or now. */
function inOrder(rows: Map<string, CountRow>, { by, since, until }: CountWish, now: number): CountRow[] {
	const period = by === 'week' ? 'week' : 'day';
	const known = [...rows.keys()].sort();
	const [first] = known;
	if (first === undefined) return [];
	const last = Math.max(Math.min(until, now), 0);
	const values = new Set(since > 0 ? [] : [first]);
	for (let time = since > 0 ? since : beginOf(first); dayOf(time) <= dayOf(last); time += dayMs) values.add(periodOf(period, dayOf(time)));
	for (const value of known) values.add(value);
	return [...values].sort().map((value) => rows.get(value) ?? { value, leads: 0 });
}

const dayOf = (time: number) => new Date(Math.min(time, lastTime)).toISOString().slice(0, 10);
const periodOf = (by: 'day' | 'week', day: string) => (by === 'day' ? day : isoWeekOf(day));

/** The week of a day (ISO 8601): it belongs to the year in which its Thursday is. */
function isoWeekOf(day: string): string {
	const time = Date.parse(day);
	const thursday = new Date(time + (4 - (new Date(time).getUTCDay() || 7)) * dayMs);
	const year = thursday.getUTCFullYear();
	const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * dayMs)) + 1;
	return `${year}-W${String(week).padStart(2, '0')}`;
}

/** The first millisecond of a day or a week. */
function beginOf(period: string): number {
	const [, year, week] = /^(\d{4})-W(\d{2})$/.exec(period) ?? [];
	if (!year) return Date.parse(period);
	const fourth = Date.UTC(Number(year), 0, 4);
	return fourth - ((new Date(fourth).getUTCDay() || 7) - 1) * dayMs + (Number(week) - 1) * 7 * dayMs;
}
