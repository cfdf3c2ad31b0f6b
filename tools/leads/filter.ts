import type { DestinationName } from '../../shared/delivery/destination.ts';
import type { ListedLead } from '../../shared/journal/entries.ts';

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
	/** Words, each of them part of the name, company, e-mail address or offer; in any casing, with or without accents. */
	search?: string;
	/** Only what comes behind this lead in the list, which is newest first. */
	after?: string;
}

export function matches(lead: ListedLead, { state, destination, since, until, search }: Filter): boolean {
	if (lead.receivedAt < since || lead.receivedAt > until) return false;
	const deliveries = destination ? [lead.deliveries[destination]] : Object.values(lead.deliveries);
	if (destination && !deliveries[0] && state !== 'undecided') return false;
	if (search !== undefined) {
		const text = said(lead);
		if (!wordsOf(search).every((word) => text.includes(word))) return false;
	}
	switch (state) {
		case undefined:
			return true;
		case 'undecided':
			return lead.undecided;
		case 'duplicate':
			return lead.receipts > 1;
		case 'test':
			return lead.summary.isTest === true;
		case 'rejected':
			return false;
		default:
			return deliveries.some((delivery) => delivery?.state === state);
	}
}

/** Letters that Unicode does not take apart into a letter and its accent. */
const unaccented: Record<string, string> = { ß: 'ss', ł: 'l', ø: 'o', đ: 'd', ð: 'd', þ: 'th', æ: 'ae', œ: 'oe', ħ: 'h', ı: 'i' };

const fold = (text: string) =>
	text
		.normalize('NFKD')
		.toLowerCase()
		.replace(/\p{Mn}/gu, '')
		.replace(/[ßłøđðþæœħı]/gu, (letter) => unaccented[letter] ?? letter);

const wordsOf = (search: string) => fold(search).split(/\s+/u);
const said = ({ summary: { name = '', company = '', email = '', offer = '' } }: ListedLead) =>
	fold([name, company, email, offer].join('\n'));
