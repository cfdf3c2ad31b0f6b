import { fold } from './clean-text.ts';
import type { Lead } from './lead.ts';

/** How long after a lead the same person's next step is told together with it. */
export const samePersonWindowMs = 30 * 86_400_000;

/** What is known of an earlier lead of the same e-mail address. */
export interface EarlierLead {
	leadId: string;
	/** Milliseconds since the epoch. */
	receivedAt: number;
	/** Its title, or its id when the lead had no title; may be shortened. */
	offer?: string;
	action?: string;
	isTest?: boolean;
	/** The destinations that have it. */
	delivered?: string[];
}

/**
 * The lead that is worth a mention beside this one: the latest by the same person, of the 30 days before, about the same offer, with another action. A
 * person who does the same again is either a duplicate or simply asks again.
 *
 * @param earlier Other leads with the same e-mail address, in any order.
 */
export function earlierLeadOf(
	{ leadId, receivedAt, lead }: { leadId: string; receivedAt: number; lead: Lead },
	earlier: readonly EarlierLead[],
): EarlierLead | undefined {
	const offer = fold(lead.offerTitle ?? lead.offer ?? '');
	if (offer === '') return undefined;
	const isMeant = (other: EarlierLead) =>
		other.leadId !== leadId &&
		other.receivedAt <= receivedAt &&
		receivedAt - other.receivedAt <= samePersonWindowMs &&
		isSameOffer(offer, fold(other.offer ?? '')) &&
		fold(other.action ?? '') !== fold(lead.action ?? '') &&
		(other.isTest ?? false) === lead.isTest;
	return earlier.filter(isMeant).toSorted((one, other) => other.receivedAt - one.receivedAt)[0];
}

const longestTold = 100;

/** Offers are told with a limited length. */
const isSameOffer = (offer: string, told: string) => told !== '' && offer.slice(0, longestTold) === told.slice(0, longestTold);
