import { setImmediate } from 'node:timers/promises';
import { storageTimeoutMs } from '../basics/create-deadlines.ts';
import type { DestinationName } from '../delivery/destination.ts';
import type { JournaledRejection, ListedLead } from '../journal/entries.ts';
import type { Journal, Page } from '../journal/journal.ts';
import { leadKey } from '../journal/table/row-keys.ts';
import { type Filter, matcher, readsPayloads } from './filter.ts';
import { findIdsLike, type LeadName } from './find-lead.ts';
import { listSaying } from './list-saying.ts';

/** A part of what a filter finds, newest first; `next` is where to go on. */
export interface Found<Item> {
	items: Item[];
	next?: string;
	/** How many were looked at for it. */
	looked: number;
}

/** How much of it, and how many leads are looked at for it. */
export interface Extent {
	most: number;
	mostRead: number;
	/** Asked after each read: whether there is no time for another one. What is found so far is then all, and `next` tells where to go on. */
	isOver?: () => boolean;
	payloads?: boolean;
	/** A search looks at summaries alone, where they are whole, and reads the payloads of the others: it finds no publisher. */
	bySummary?: boolean;
	/** Rejected payloads: also those that a person has closed. */
	closed?: boolean;
}

/** What finding depends on. */
export interface FindDeps {
	journal: () => Promise<Journal>;
	deadline: (ms: number) => AbortSignal;
	/** Every destination. */
	destinations: readonly DestinationName[];
	/** So many leads are read with their payloads, and looked at without a pause: fewer where something else must not wait for it. */
	atOnce?: number;
	/** Told now and then how many leads were looked at, of how many when that is known, and how many were found. */
	onProgress?: (looked: number, of: { found: number; total?: number }) => void;
}

/** The most that storage gives at a time. */
const pageSize = 1000;
/** Payloads of 32 KiB at most: so much is in memory at a time. */
const usuallyAtOnce = 500;
/** Leads that are read by their keys. */
const sideBySide = 10;

/**
 * The leads that a filter finds. What waits is found by its tickets, which are as many as what waits; anything else by reading on in the list of leads,
 * from the newest: a filter that finds little ends at `mostRead`, and tells where to go on.
 */
export async function findLeads(filter: Filter, extent: Extent, deps: FindDeps): Promise<Found<ListedLead>> {
	const journal = await deps.journal();
	if (filter.named) return findNamed(filter.named, filter, extent, deps);
	const byTicket = filter.state === 'pending' || filter.state === 'parked' || filter.state === 'undecided';
	return byTicket ? findWaiting(journal, filter, extent, deps) : findInList(journal, filter, extent, deps);
}

async function findInList(
	journal: Journal,
	filter: Filter,
	{ payloads = false, bySummary = false, ...extent }: Extent,
	deps: FindDeps,
): Promise<Found<ListedLead>> {
	const narrow = filter.state !== undefined || filter.destination !== undefined || readsPayloads(filter);
	const { atOnce = usuallyAtOnce } = deps;
	const needs =
		payloads || (filter.search !== undefined && !bySummary) ? 'payloads' : readsPayloads(filter) ? 'all that is said' : 'nothing';
	const list = listSaying(needs, { journal, signal: () => deps.deadline(storageTimeoutMs.list), atOnce });
	const isWanted = matcher(filter);
	return readOn({ filter, ...extent, narrow, rare: readsPayloads(filter), list, idOf: ({ leadId }) => leadId, isWanted }, deps);
}

/** What someone calls by its id, or a part of it: no list is read for that. */
async function findNamed(name: LeadName, filter: Filter, { most }: Extent, deps: FindDeps): Promise<Found<ListedLead>> {
	const journal = await deps.journal();
	const isWanted = matcher(filter);
	const items: ListedLead[] = [];
	const onProgress = (looked: number) => deps.onProgress?.(looked, { found: 0 });
	const ids = 'id' in name ? [name.id] : await findIdsLike(name.part, { ...deps, onProgress });
	for (const id of ids) {
		const lead = items.length < most ? await journal.find(id, deps.deadline(storageTimeoutMs.list)) : undefined;
		if (lead && isWanted(lead) && (filter.after === undefined || leadKey(id) > leadKey(filter.after))) items.push(lead);
	}
	return { items, looked: ids.length };
}

/** Rejected payloads, the open ones unless it is said otherwise. */
export async function findRejections(
	filter: Filter,
	{ payloads = false, closed = false, ...extent }: Extent,
	deps: FindDeps,
): Promise<Found<JournaledRejection>> {
	const journal = await deps.journal();
	const list = (span: Filter, size: number) => journal.rejections(span, { most: size, payloads }, deps.deadline(storageTimeoutMs.list));
	const isWanted = ({ closedAt }: JournaledRejection) => closed || closedAt === undefined;
	return readOn({ filter, ...extent, narrow: true, rare: false, list, idOf: ({ id }) => id, isWanted }, deps);
}

interface Reading<Item> extends Pick<Extent, 'most' | 'mostRead' | 'isOver'> {
	filter: Filter;
	/** Few of what is read may be wanted. */
	narrow: boolean;
	/** And most probably few are: otherwise a first small read often fills a page for which someone waits. */
	rare: boolean;
	list: (span: Filter, size: number) => Promise<Page<Item>>;
	idOf: (item: Item) => string;
	isWanted: (item: Item) => boolean;
}

/** A small first read: so many times what the page shows. It is followed by another one in any case. */
const firstTimes = 5;

async function readOn<Item>(
	{ filter, most, mostRead, isOver, narrow, rare, list, idOf, isWanted }: Reading<Item>,
	{ atOnce = usuallyAtOnce, onProgress }: Pick<FindDeps, 'atOnce' | 'onProgress'>,
): Promise<Found<Item>> {
	const items: Item[] = [];
	const first = isOver && !rare ? Math.min(pageSize, most * firstTimes) : pageSize;
	let span = filter;
	let looked = 0;
	for (let reads = 1; looked < mostRead; reads++) {
		const size = narrow ? (reads === 1 ? first : pageSize) : Math.min(usuallyAtOnce, most - items.length);
		const page = await list(span, Math.min(mostRead - looked, size));
		for (const [index, item] of page.items.entries()) {
			if (index % atOnce === atOnce - 1) await setImmediate();
			looked++;
			if (isWanted(item)) items.push(item);
			if (items.length === most) {
				const isLast = index === page.items.length - 1 && page.next === undefined;
				return { items, looked, ...(!isLast && { next: idOf(item) }) };
			}
		}
		if (page.next === undefined) return { items, looked };
		span = { ...filter, after: page.next };
		onProgress?.(looked, { found: items.length });
		if (isOver?.() && (reads > 1 || first === pageSize)) break;
	}
	return { items, looked, ...(span.after !== undefined && { next: span.after }) };
}

/** More than ever waits. */
const mostTickets = 100_000;

async function findWaiting(journal: Journal, filter: Filter, { most, isOver }: Extent, deps: FindDeps): Promise<Found<ListedLead>> {
	const { state, destination, since, until, after } = filter;
	const lists =
		state === 'pending'
			? destination
				? [destination]
				: deps.destinations
			: state === 'parked'
				? ['parked' as const]
				: ['undecided' as const];
	const range = { until: Number.MAX_SAFE_INTEGER, most: mostTickets };
	const tickets = (await Promise.all(lists.map((list) => journal.tickets(list, range, deps.deadline(storageTimeoutMs.list))))).flat();
	const keys = new Map(tickets.map(({ id, receivedAt }) => [leadKey(id), { id, receivedAt }]));
	const behind = after === undefined ? '' : leadKey(after);
	const candidates = [...keys]
		.filter(([key, { receivedAt }]) => receivedAt >= since && receivedAt <= until && key > behind)
		.sort(([one], [other]) => (one < other ? -1 : 1));
	const items: ListedLead[] = [];
	const isWanted = matcher(filter);
	for (let first = 0; first < candidates.length; first += sideBySide) {
		const ids = candidates.slice(first, first + sideBySide).map(([, { id }]) => id);
		const leads = await Promise.all(ids.map((id) => journal.find(id, deps.deadline(storageTimeoutMs.list))));
		for (const [place, lead] of leads.entries()) {
			if (lead && isWanted(lead)) items.push(lead);
			const looked = first + place + 1;
			const next = looked < candidates.length ? { next: ids[place] ?? '' } : {};
			if (items.length === most) return { items, looked, ...next };
			// As many as a page shows are looked at in any case.
			if (place === leads.length - 1 && looked >= most && isOver?.()) return { items, looked, ...next };
		}
		deps.onProgress?.(first + leads.length, { found: items.length, total: candidates.length });
	}
	return { items, looked: candidates.length };
}
