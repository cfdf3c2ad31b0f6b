import type { DestinationName } from '../delivery/destination.ts';
import type { ListedLead } from '../journal/entries.ts';
import { type LeadName, leadFinder } from './find-lead.ts';
import { type Facet, facetFilter } from './lead-facets.ts';

/** What a lead can be asked by; a delivery's state is that of at least one delivery (to the destination, when one is named). */
export const states = ['pending', 'parked', 'delivered', 'closed', 'unreadable', 'undecided', 'duplicate', 'test', 'rejected'] as const;
export type State = (typeof states)[number];

/** Which leads. */
export interface Filter {
	state?: State;
	destination?: DestinationName;
	/** Received from one time up to another, both included; milliseconds since the epoch. */
	since: number;
	until: number;
	/** What someone looks for, as `leadFinder` reads it. */
	search?: string;
	/** The lead that the search names: it is found by its key, however long ago it came. */
	named?: LeadName;
	/** Values of facets, as `facetFilter` reads them. */
	facets?: Partial<Record<Facet, string>>;
	/** Only what comes behind this lead in the list, which is newest first. */
	after?: string;
}

/** Whether the payload is needed to tell. */
export const readsPayloads = ({ search, facets }: Filter): boolean => search !== undefined || facets !== undefined;

export const matches = (lead: ListedLead, filter: Filter): boolean => matcher(filter)(lead);

/** Tells of one lead after the other whether it is meant. */
export function matcher({ state, destination, since, until, search, facets }: Filter): (lead: ListedLead) => boolean {
	const finds = search === undefined ? () => true : leadFinder(search);
	const has = facets === undefined ? () => true : facetFilter(facets);
	return (lead) => {
		if (lead.receivedAt < since || lead.receivedAt > until) return false;
		const deliveries = destination ? [lead.deliveries[destination]] : Object.values(lead.deliveries);
		if (destination && !deliveries[0] && state !== 'undecided') return false;
		const isInState = state === undefined || (isOwn(state) ? own[state](lead) : deliveries.some((delivery) => delivery?.state === state));
		return isInState && finds(lead) && has(lead);
	};
}

/** States of the lead itself. */
const own = {
	undecided: (lead: ListedLead) => lead.undecided,
	duplicate: (lead: ListedLead) => lead.receipts > 1,
	test: (lead: ListedLead) => lead.summary.isTest === true,
	rejected: () => false,
};
const isOwn = (state: State): state is keyof typeof own => state in own;
