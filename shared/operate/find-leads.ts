import type { DestinationName } from '../delivery/destination.ts';
import type { JournaledRejection, ListedLead } from '../journal/entries.ts';
import type { Journal } from '../journal/journal.ts';
import { leadKey } from '../journal/table/row-keys.ts';
import { type Filter, matcher, readsPayloads } from './filter.ts';
import { findIdsLike, type LeadName } from './find-lead.ts';

/** A part of what a filter finds, newest first; `next` is where to go on. */
export interface Found<Item> {
	items: Item[];
	next?: string;
}

/** How much of it, and how many leads are looked at for it. */
export interface Extent {
	most: number;
	mostRead: number;
	payloads?: boolean;
	/** Rejected payloads: also those that a person has closed. */
	closed?: boolean;
}

/** What finding depends on. */
export interface FindDeps {
	journal: () => Promise<Journal>;
	deadline: (ms: number) => AbortSignal;
	/** Every destination. */
	destinations: readonly DestinationName[];
	/** So many leads are read with one request, and looked at without a pause: fewer where something else must not wait for it. */
	atOnce?: number;
	/** Told now and then how many leads were looked at, of how many when that is known, and how many were found. */
	onProgress?: (looked: number, of: { found: number; total?: number }) => void;
}

const storageTimeoutMs = 30_000;
const usuallyAtOnce = 500;

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
	{ most, mostRead, payloads = false }: Extent,
	deps: FindDeps,
): Promise<Found<ListedLead>> {
	const narrow = filter.state !== undefined || filter.destination !== undefined || readsPayloads(filter);
	const options = { payloads: payloads || readsPayloads(filter) };
	const list = (span: Filter, size: number) => journal.leads(span, { most: size, ...options }, deps.deadline(storageTimeoutMs));
	const isWanted = matcher(filter);
	return readOn({ filter, most, mostRead, narrow, list, idOf: ({ leadId }) => leadId, isWanted }, deps);
}

/** What someone calls by its id, or a part of it: no list is read for that. */
async function findNamed(name: LeadName, filter: Filter, { most }: Extent, deps: FindDeps): Promise<Found<ListedLead>> {
	const journal = await deps.journal();
	const isWanted = matcher(filter);
	const items: ListedLead[] = [];
	const onProgress = (looked: number) => deps.onProgress?.(looked, { found: 0 });
	for (const id of 'id' in name ? [name.id] : await findIdsLike(name.part, { ...deps, onProgress })) {
		const lead = items.length < most ? await journal.find(id, deps.deadline(storageTimeoutMs)) : undefined;
		if (lead && isWanted(lead) && (filter.after === undefined || leadKey(id) > leadKey(filter.after))) items.push(lead);
	}
	return { items };
}

/** Rejected payloads, the open ones unless it is said otherwise. */
export async function findRejections(
	filter: Filter,
	{ most, mostRead, payloads = false, closed = false }: Extent,
	deps: FindDeps,
): Promise<Found<JournaledRejection>> {
	const journal = await deps.journal();
	const list = (span: Filter, size: number) => journal.rejections(span, { most: size, payloads }, deps.deadline(storageTimeoutMs));
	const isWanted = ({ closedAt }: JournaledRejection) => closed || closedAt === undefined;
	return readOn({ filter, most, mostRead, narrow: true, list, idOf: ({ id }) => id, isWanted }, deps);
}

interface Reading<Item> {
	filter: Filter;
	most: number;
	mostRead: number;
	/** Few of what is read may be wanted. */
	narrow: boolean;
	list: (span: Filter, size: number) => Promise<Found<Item>>;
	idOf: (item: Item) => string;
	isWanted: (item: Item) => boolean;
}

async function readOn<Item>(
	{ filter, most, mostRead, narrow, list, idOf, isWanted }: Reading<Item>,
	{ atOnce = usuallyAtOnce, onProgress }: Pick<FindDeps, 'atOnce' | 'onProgress'>,
): Promise<Found<Item>> {
	const items: Item[] = [];
	let span = filter;
	for (let read = 0; read < mostRead; ) {
		const page = await list(span, Math.min(mostRead - read, narrow ? atOnce : Math.min(usuallyAtOnce, most - items.length)));
		for (const [index, item] of page.items.entries()) {
			if (isWanted(item)) items.push(item);
			if (items.length === most) {
				const isLast = index === page.items.length - 1 && page.next === undefined;
				return { items, ...(!isLast && { next: idOf(item) }) };
			}
		}
		if (page.next === undefined) return { items };
		read += page.items.length;
		span = { ...filter, after: page.next };
		onProgress?.(read, { found: items.length });
	}
	return { items, ...(span.after !== undefined && { next: span.after }) };
}

/** More than ever waits. */
const mostTickets = 100_000;

async function findWaiting(journal: Journal, filter: Filter, { most }: Extent, deps: FindDeps): Promise<Found<ListedLead>> {
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
	const tickets = (await Promise.all(lists.map((list) => journal.tickets(list, range, deps.deadline(storageTimeoutMs))))).flat();
	const keys = new Map(tickets.map(({ id, receivedAt }) => [leadKey(id), { id, receivedAt }]));
	const behind = after === undefined ? '' : leadKey(after);
	const candidates = [...keys]
		.filter(([key, { receivedAt }]) => receivedAt >= since && receivedAt <= until && key > behind)
		.sort(([one], [other]) => (one < other ? -1 : 1));
	const items: ListedLead[] = [];
	const isWanted = matcher(filter);
	for (const [index, [, { id }]] of candidates.entries()) {
		const lead = await journal.find(id, deps.deadline(storageTimeoutMs));
		if (lead && isWanted(lead)) items.push(lead);
		if (items.length === most) return { items, ...(index < candidates.length - 1 && { next: id }) };
		if (index % 50 === 49) deps.onProgress?.(index + 1, { found: items.length, total: candidates.length });
	}
	return { items };
}
