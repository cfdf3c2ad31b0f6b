import type { Delivery } from '../../shared/delivery/delivery.ts';
import type { JournaledLead, ListedLead } from '../../shared/journal/entries.ts';
import type { Journal, Span } from '../../shared/journal/journal.ts';
import { newLeadId } from '../../shared/lead/lead-id.ts';
import { bytesOf, payload } from './payload.ts';

/** A lead as a list has it, of one that was posted. */
export function listedLead(at: number, posted: Parameters<typeof payload>[0] = {}, more: Partial<ListedLead> = {}): ListedLead {
	const body = payload(posted);
	return {
		leadId: newLeadId(at),
		receivedAt: at,
		contentId: '',
		payload: bytesOf(body),
		contentType: 'application/json',
		summary: { name: 'Ada Lovelace', offer: String(body.OfferTitle), action: String(body.ActionCode) },
		receipts: 1,
		deliveries: {},
		undecided: false,
		etag: '',
		...more,
	};
}

export const deliveryOf = (state: Delivery['state'], since: number, more: Partial<Delivery> = {}): Delivery => ({
	state,
	since,
	due: since,
	attempts: 1,
	spent: 0,
	recent: [],
	...more,
});

/** A journal in memory that can list these leads; `pages` tells each page that was asked for. */
export function listingJournal(leads: ListedLead[], more: Partial<Journal> = {}) {
	const pages: { most: number; payloads?: boolean }[] = [];
	const newestFirst = leads.toSorted((one, other) => other.receivedAt - one.receivedAt);
	const journal: Partial<Journal> = {
		async leads({ since, until, after }: Span, options) {
			pages.push(options);
			const found = newestFirst.filter(({ receivedAt }) => receivedAt >= since && receivedAt <= until);
			const begin = after === undefined ? 0 : found.findIndex(({ leadId }) => leadId === after) + 1;
			const items = found.slice(begin, begin + options.most);
			return { items, ...(begin + items.length < found.length && { next: items.at(-1)?.leadId ?? '' }) };
		},
		find: async (id) => leads.find(({ leadId }) => leadId === id) as JournaledLead | undefined,
		counts: async () => [],
		facetCounts: async () => [],
		tickets: async () => [],
		named: async () => [],
		...more,
	};
	return { journal: async () => journal as Journal, pages };
}
