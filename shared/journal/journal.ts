import type { Cooldown } from '../delivery/cooldown.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { DestinationName } from '../delivery/destination.ts';
import type { EarlierLead } from '../lead/same-person.ts';
import type { Acceptance, Closing, JournaledLead, JournaledRejection, ListedLead, NewLead, RejectedPayload } from './entries.ts';

/** A part of a list; `next` is where the rest begins, absent when there is none. */
export interface Page<Item> {
	items: Item[];
	next?: string;
}

/** One delivery's step from what was read to what shall be. */
export interface Move {
	destination: DestinationName;
	/** Absent: the delivery is new. */
	from?: Delivery;
	to: Delivery;
}

/**
 * The durable record of every lead and of the state of each of its deliveries: the only truth. Every call ends soon after `signal` aborts; a call that
 * throws may have done its work nevertheless.
 */
export interface Journal {
	/** One transaction. The same content within its window is a duplicate; it is counted after that. Safe to repeat with the same lead id. */
	accept(lead: NewLead, signal: AbortSignal): Promise<Acceptance>;
	/** Keeps the first of a day, counts the others (`mostRejectedPerDay`). Safe to repeat with the same id. */
	reject(payload: RejectedPayload, signal: AbortSignal): Promise<'kept' | 'counted'>;
	find(leadId: string, signal: AbortSignal): Promise<JournaledLead | undefined>;
	/**
	 * One transaction over deliveries of one lead. `lost`: one of them is no longer what it was when it was read (or the lead is gone): nothing was written,
	 * read again. With `decided`, the lead also stops being undecided, and keeps why it has no delivery.
	 */
	move(
		lead: Pick<JournaledLead, 'leadId' | 'receivedAt' | 'etag'>,
		moves: Move[],
		signal: AbortSignal,
		decided?: Pick<NewLead, 'journalOnly'>,
	): Promise<'moved' | 'lost'>;
	/** The tickets of a list after one time (from the beginning when absent) up to and with another, oldest first. */
	tickets(list: TicketList, range: { after?: number; until: number; most: number }, signal: AbortSignal): Promise<Ticket[]>;
	/** What a person (the hash of an e-mail address) did in the 30 days before a lead, newest first. */
	earlierLeads(person: string, before: { leadId: string; receivedAt: number }, signal: AbortSignal): Promise<EarlierLead[]>;
	/** Undefined when the destination has no trouble. */
	readCooldown(destination: DestinationName, signal: AbortSignal): Promise<JournaledCooldown | undefined>;
	/** Writes a cooldown (or removes it, without `to`) if it is still what was read; `lost` when someone else was first. */
	writeCooldown(
		destination: DestinationName,
		step: { from: JournaledCooldown | undefined; to: Cooldown | undefined },
		signal: AbortSignal,
	): Promise<'written' | 'lost'>;
	/** Every destination that settings have ever named and that a lead went to (`webhook:sales`), whether or not they still name it. */
	named(signal: AbortSignal): Promise<DestinationName[]>;
	/** When the latest lead was received; undefined when there is none. */
	latest(signal: AbortSignal): Promise<number | undefined>;
	/** When this was asked for the first time: the journal has existed since then. */
	began(now: number, signal: AbortSignal): Promise<number>;
	/** Leads, newest first, at most so many and never more than 1000. A page may hold fewer and yet have a next one. */
	leads(span: Span, options: { most: number; payloads?: boolean }, signal: AbortSignal): Promise<Page<ListedLead>>;
	/** Ids alone, of leads or of rejected payloads, as `leads`: to count how many there are. */
	ids(of: 'leads' | 'rejections', span: Span, most: number, signal: AbortSignal): Promise<Page<string>>;
	/** The ids of the leads with this hash of an e-mail address, oldest first. */
	leadsOfPerson(person: string, signal: AbortSignal): Promise<string[]>;
	/** Rejected payloads, as `leads`. */
	rejections(span: Span, options: { most: number; payloads?: boolean }, signal: AbortSignal): Promise<Page<JournaledRejection>>;
	findRejection(id: string, signal: AbortSignal): Promise<JournaledRejection | undefined>;
	/** A person has dealt with it. It stays until it is erased. `lost`: it is closed already, or gone. */
	closeRejection(rejection: JournaledRejection, closing: Closing, signal: AbortSignal): Promise<'closed' | 'lost'>;
	/**
	 * Takes a lead out of the journal, whatever its state, in one transaction; it lives on in the anonymous counts of its day. What remembers its content,
	 * without personal data, stays until `forget`. `lost`: the lead is no longer what it was when it was read: nothing was written.
	 *
	 * @param under What it is counted under besides its day.
	 */
	erase(lead: ListedLead, now: number, signal: AbortSignal, under?: CountedUnder): Promise<'erased' | 'lost'>;
	/** Takes rejected payloads out of the journal; they are counted for their days. */
	eraseRejections(rejections: JournaledRejection[], signal: () => AbortSignal): Promise<void>;
	/** Takes one out. */
	eraseRejection(rejection: JournaledRejection, signal: AbortSignal): Promise<void>;
	/**
	 * Removes what is left of erased leads that were received up to a time, because their dedupe window has ended. How many there were.
	 *
	 * @param over when it aborts, what is left is left to the next call
	 */
	forget(range: { receivedUntil: number; most: number }, signal: () => AbortSignal, over?: AbortSignal): Promise<number>;
	/** What was erased, and what was rejected and not kept, by day of receipt (`2026-11-23`, UTC), both included. */
	counts(days: { first: string; last: string }, signal: AbortSignal): Promise<{ day: string; counts: DailyCounts }[]>;
	/** What was erased of these days by offer, country and action. */
	facetCounts(days: { first: string; last: string }, signal: AbortSignal): Promise<{ day: string; under: FacetCounts }[]>;
}

/** What waits, by the time since when or until when it waits. `erased`: what is left of a lead until its dedupe window has ended, by its time of receipt. */
export type TicketList = DestinationName | 'undecided' | 'parked' | 'rejected' | 'erased';

/** One ticket, read from its key. */
export interface Ticket {
	/** Milliseconds since the epoch. */
	time: number;
	id: string;
	/** From the id; milliseconds since the epoch. */
	receivedAt: number;
	destination?: string;
}

/** Received from one time up to another, newest first; both included. With `after`, only what comes behind this id. */
export interface Span {
	since: number;
	until: number;
	after?: string;
}

/** A destination's cooldown as it was read. */
export interface JournaledCooldown {
	cooldown: Cooldown;
	etag: string;
}

/** By what erased leads are counted for good, besides their days. */
export const countedFacets = ['offer', 'country', 'action'] as const;
export type CountedFacet = (typeof countedFacets)[number];

/** What one lead is counted under: the title of its offer, ISO 3166-1 alpha-2, Microsoft's code of the action. */
export type CountedUnder = Partial<Record<CountedFacet, string>>;

/** How many of a day's erased leads had each value; tests are left out. Leads without a value are in none. */
export type FacetCounts = Record<CountedFacet, Record<string, number>>;

/** What is left of erased leads: how many of a kind were received on a day, and how many were delivered to each destination. */
export type DailyCounts = Record<'received' | 'duplicates' | 'tests' | 'rejected' | 'rejectedNotKept' | DestinationName, number>;

/** In the year 2286; later ones have more digits. */
const lastTime = 9_999_999_999_999;

const dayOf = (time: number) => new Date(Math.min(time, lastTime)).toISOString().slice(0, 10);

/** How many payloads were rejected and not kept on the days (UTC) from one time to another. */
export async function countNotKept(
	journal: Pick<Journal, 'counts'>,
	{ since, until }: { since: number; until: number },
	signal: AbortSignal,
): Promise<number> {
	const days = await journal.counts({ first: dayOf(since), last: dayOf(until) }, signal);
	return days.reduce((sum, { counts }) => sum + (counts.rejectedNotKept ?? 0), 0);
}
