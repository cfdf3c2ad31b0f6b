import type { Delivery } from '../../delivery/delivery.ts';
import type { DestinationName } from '../../delivery/destination.ts';
import { timeOfLeadId } from '../../lead/lead-id.ts';
import type { Span, Ticket, TicketList } from '../journal.ts';

/**
 * Rows of the table `journal`, all in one partition so that an acceptance is one transaction. Every look-up is a point or a range of keys:
 *
 * - `c|<content id>` the lead that has this content, and how often it came
 * - `l|<reverse time>|<lead id>` the lead: newest first
 * - `q|<list>|<time>|<id>[|<destination or content id>]` a ticket: nothing but its key
 * - `e|<hash of an address>|<lead id>` the person index
 * - `j|<reverse time>|<id>` a rejected payload
 * - `r|<destination>` a destination's cooldown
 * - `n|<day>` anonymous counts of what was erased: `2026-11-23`, UTC
 * - `u|<day>|<instance>` how many rejected payloads of the day an instance has not kept
 * - `b|` when the journal began
 * - `d|` the names of destinations that settings have ever given
 */
export const partition = 'journal';

const lastTime = 9_999_999_999_999;
const digits = (time: number) => String(Math.max(0, Math.min(lastTime, Math.trunc(time)))).padStart(13, '0');

export const contentKey = (contentId: string) => `c|${contentId}`;
export const leadKey = (leadId: string) => `l|${digits(lastTime - timeOfLeadId(leadId))}|${leadId}`;
export const personKey = (addressHash: string, leadId: string) => `e|${addressHash}|${leadId}`;
export const rejectedKey = (id: string) => `j|${digits(lastTime - timeOfLeadId(id))}|${id}`;
export const cooldownKey = (destination: DestinationName) => `r|${destination}`;
export const beginningKey = 'b|';
export const namesKey = 'd|';
export const countsKey = (day: string) => `n|${day}`;
export const notKeptKey = (day: string, instance: string) => `u|${day}|${instance}`;
export const ticketKey = (list: TicketList, time: number, id: string, destination?: string) =>
	`q|${list}|${digits(time)}|${id}${destination ? `|${destination}` : ''}`;
export const erasedKey = (receivedAt: number, leadId: string, contentId: string) => ticketKey('erased', receivedAt, leadId, contentId);

/** What the ticket of an erased lead names. */
export function fromErasedKey(key: string): { leadId: string; contentId: string } {
	const [, , , leadId = '', contentId = ''] = key.split('|');
	return { leadId, contentId };
}

export function fromTicketKey(key: string): Ticket {
	const [, , time = '', id = '', destination] = key.split('|');
	return { time: Number(time), id, receivedAt: timeOfLeadId(id), ...(destination && { destination }) };
}

/** The tickets of a list after one time and up to another, as keys: `from` is included, `to` is not. */
export const ticketsBetween = (list: TicketList, after: number, until: number) => ({
	from: `q|${list}|${digits(after + 1)}`,
	to: `q|${list}|${digits(until)}~`,
});

const newestFirst =
	(kind: 'l' | 'j', keyOf: (id: string) => string) =>
	({ since, until, after }: Span) => {
		const from = `${kind}|${digits(lastTime - until)}|`;
		const behind = after === undefined ? from : `${keyOf(after)}~`;
		return { from: behind > from ? behind : from, to: `${kind}|${digits(lastTime - since)}|~` };
	};

/** The rows of leads, and of rejected payloads. */
export const leadsBetween = newestFirst('l', leadKey);
export const rejectionsBetween = newestFirst('j', rejectedKey);

/** The rows of a person's leads. */
export const leadsOfPerson = (addressHash: string) => ({ from: personKey(addressHash, ''), to: personKey(addressHash, '~') });

/** The rows of counts from one day to another, both included. */
export const countsBetween = (first: string, last: string) => ({ from: countsKey(first), to: `${countsKey(last)}~` });

/** The rows of what was not kept of these days, both included. */
export const notKeptBetween = (first: string, last: string) => ({ from: notKeptKey(first, ''), to: notKeptKey(last, '~') });

/** The key of the ticket that a delivery holds; none when it has ended. */
export function ticketOf(leadId: string, destination: string, { state, since, due }: Delivery): string | undefined {
	if (state === 'pending') return ticketKey(destination as DestinationName, due, leadId);
	if (state === 'parked') return ticketKey('parked', since, leadId, destination);
	return undefined;
}
