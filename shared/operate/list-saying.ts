import type { ListedLead } from '../journal/entries.ts';
import type { Journal, Page, Span } from '../journal/journal.ts';

/** What each lead of a list must say: nothing; all by which leads are filtered and counted; or that, and its payload in any case. */
export type Needs = 'nothing' | 'all that is said' | 'payloads';

/** Leads that are read by their keys. */
const sideBySide = 10;

/**
 * Lists page after page, newest first. What leads say is in their summaries; payloads are read of those alone whose summaries are not whole, because an earlier
 * version wrote them, or a text was too long: one by one, and from the first page on that has many of them in pages of `atOnce`.
 */
export function listSaying(
	needs: Needs,
	{ journal, signal, atOnce }: { journal: Pick<Journal, 'leads' | 'find'>; signal: () => AbortSignal; atOnce: number },
): (span: Span, most: number) => Promise<Page<ListedLead>> {
	let payloads = needs === 'payloads';
	const readPayloads = (span: Span, most: number) => journal.leads(span, { most: Math.min(most, atOnce), payloads: true }, signal());
	return async (span, most) => {
		if (payloads) return readPayloads(span, most);
		const page = await journal.leads(span, { most, payloads: false }, signal());
		const lacking = needs === 'nothing' ? [] : page.items.filter(({ summary }) => !summary.isWhole);
		if (lacking.length > sideBySide) {
			payloads = true; // what follows in the list is older still
			return readPayloads(span, most);
		}
		const found = await Promise.all(lacking.map(({ leadId }) => journal.find(leadId, signal())));
		const wholes = new Map(found.flatMap((lead) => (lead ? [[lead.leadId, lead]] : [])));
		return { ...page, items: page.items.map((lead) => wholes.get(lead.leadId) ?? lead) };
	};
}
