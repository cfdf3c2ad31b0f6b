import type { Delivery } from '../delivery/delivery.ts';
import type { DestinationName } from '../delivery/destination.ts';
import { decodeContent } from '../lead/decode-content.ts';
import { decodePayload } from '../lead/decode-payload.ts';
import type { Issue } from '../lead/lead.ts';

/** By destination. */
export type Deliveries = Record<DestinationName, Delivery>;

/** What the list of leads shows without reading payloads. */
export interface Summary {
	name?: string;
	company?: string;
	email?: string;
	offer?: string;
	action?: string;
	/** Of an offer that has a title. */
	offerId?: string;
	country?: string;
	source?: string;
	phone?: string;
	/** The listing's parameters, a line each: `name=value`. */
	campaign?: string;
	/** The lead says no more about what filters ask for: nothing was cut off. Absent in rows of versions that wrote less. */
	isWhole?: boolean;
	isTest?: boolean;
	doNotContact?: boolean;
}

/** A lead as it is accepted. */
export interface NewLead {
	leadId: string;
	/** Milliseconds since the epoch. */
	receivedAt: number;
	contentId: string;
	/** For how long the same content is the same lead; milliseconds. */
	dedupeWindowMs: number;
	/** At most 32 KiB: the lead is read from it again at each attempt. */
	payload: Uint8Array;
	contentType?: string;
	summary: Summary;
	/** Hash of the e-mail address. */
	person?: string;
	deliveries: Deliveries;
	/** A destination may still be missing: the sweep decides. */
	undecided: boolean;
	/** Why it has no delivery although it is decided: `do not contact`, `test`. */
	journalOnly?: string;
	/** When an operator read it from a file, as it had not been posted here; milliseconds since the epoch. */
	importedAt?: number;
}

/** What became of a receipt. */
export interface Acceptance {
	status: 'accepted' | 'duplicate';
	/** The first lead's, when it is a duplicate. */
	leadId: string;
	receivedAt: number;
}

/** A lead as the journal has it. */
export interface JournaledLead {
	leadId: string;
	receivedAt: number;
	contentId: string;
	payload: Uint8Array;
	contentType?: string;
	summary: Summary;
	/** Receipts: 1 and the duplicates. */
	receipts: number;
	deliveries: Deliveries;
	undecided: boolean;
	journalOnly?: string;
	/** Hash of the e-mail address. */
	person?: string;
	/** When the latest duplicate came. */
	latestReceiptAt?: number;
	/** When an operator read it from a file; absent when it was posted. */
	importedAt?: number;
	/** Changes with every write to the lead. */
	etag: string;
}

/** A lead as lists read it: its payload only when asked for. */
export type ListedLead = Omit<JournaledLead, 'payload'> & Partial<Pick<JournaledLead, 'payload'>>;

/** What the sender of a payload is answered that is not a lead (400), did not come to its end (408), is too long (413), or cannot be decoded (415). */
export type RefusedStatus = 400 | 408 | 413 | 415;

/** A payload that could not be read as a lead. */
export interface RejectedPayload {
	id: string;
	receivedAt: number;
	/** At most its first 32 KiB. */
	payload: Uint8Array;
	contentType?: string;
	/** The header, when there was one: the payload is as it came. */
	contentEncoding?: string;
	status: RefusedStatus;
	issues: Issue[];
	/** It counts for no cap: its sender may have been answered 2xx. */
	mustKeep?: boolean;
}

/** So many rejected payloads are kept of one day (UTC); of what is over, only the number. */
export const mostRejectedPerDay = 1000;

/** A rejected payload as the journal has it; lists leave the payload out. */
export interface JournaledRejection extends Omit<RejectedPayload, 'payload' | 'mustKeep'> {
	payload?: Uint8Array;
	/** When a person said that it is dealt with. */
	closedAt?: number;
	/** Object id of the person in the tenant, where it is known. */
	closedBy?: string;
	closedNote?: string;
}

/** What a person says who closes a rejected payload. */
export type Closing = Required<Pick<JournaledRejection, 'closedAt'>> & Pick<JournaledRejection, 'closedBy' | 'closedNote'>;

/** Nothing will happen to the lead by itself, and no one has to do anything about it: all is delivered or closed, or it was for the journal only. */
export function hasEnded({ undecided, deliveries }: Pick<JournaledLead, 'undecided' | 'deliveries'>): boolean {
	return !undecided && Object.values(deliveries).every(({ state }) => state === 'delivered' || state === 'closed');
}

/** What a rejected payload says, as far as it can be decoded. */
export function payloadText({
	payload = new Uint8Array(),
	contentType,
	contentEncoding,
}: Partial<Pick<RejectedPayload, 'payload' | 'contentType' | 'contentEncoding'>>): string {
	const content = decodeContent(payload, contentEncoding, contentType);
	return decodePayload(content.ok ? content.bytes : payload, contentType);
}
