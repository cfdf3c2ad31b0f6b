import { setImmediate } from 'node:timers/promises';
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

const storageTimeoutMs = 30_000;
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
	{ most, mostRead, payloads = false, bySummary = false }: Extent,
	deps: FindDeps,
): Promise<Found<ListedLead>> {
	const narrow = filter.state !== undefined || filter.destination !== undefined || readsPayloads(filter);
	const { atOnce = usuallyAtOnce } = deps;
	let needsPayloads = payloads || (filter.search !== undefined && !bySummary);
	const read = (span: Filter, size: number) =>
		journal.leads(span, { most: size, payloads: needsPayloads }, deps.deadline(storageTimeoutMs));
	const list = async (span: Filter, size: number) => {
		if (needsPayloads) return read(span, Math.min(size, atOnce));
		const page = await read(span, size);
		// What an earlier version wrote, or what was too long, is read from the payload.
		const lacking = readsPayloads(filter) ? page.items.filter(({ summary }) => !summary.isWhole) : [];
		if (lacking.length > sideBySide) {
			needsPayloads = true; // what follows in the list is older still
			return read(span, Math.min(size, atOnce));
		}
		const found = await Promise.all(lacking.map(({ leadId }) => journal.find(leadId, deps.deadline(storageTimeoutMs))));
		const wholes = new Map(found.flatMap((lead) => (lead ? [[lead.leadId, lead]] : [])));
		return { ...page, items: page.items.map((lead) => wholes.get(lead.leadId) ?? lead) };
	};
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
		const page = await list(span, Math.min(mostRead - read, narrow ? pageSize : Math.min(usuallyAtOnce, most - items.length)));
		for (const [index, item] of page.items.entries()) {
			if (index % atOnce === atOnce - 1) await setImmediate();
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
	for (let first = 0; first < candidates.length; first += sideBySide) {
		const ids = candidates.slice(first, first + sideBySide).map(([, { id }]) => id);
		const leads = await Promise.all(ids.map((id) => journal.find(id, deps.deadline(storageTimeoutMs))));
		for (const [place, lead] of leads.entries()) {
			if (lead && isWanted(lead)) items.push(lead);
			const isLast = first + place === candidates.length - 1;
			if (items.length === most) return { items, ...(!isLast && { next: ids[place] }) };
		}
		deps.onProgress?.(first + leads.length, { found: items.length, total: candidates.length });
	}
	return { items };
}
