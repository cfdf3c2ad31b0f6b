import type { Lead } from '../lead/lead.ts';
import type { EarlierLead } from '../lead/same-person.ts';
import type { Outcome } from './outcome.ts';

/** As settings, rules, the journal and people call it: `email`. */
export type DestinationName = string;

/** One lead on its way to one destination. */
export interface DeliveryRequest {
	leadId: string;
	receivedAt: Date;
	lead: Lead;
	/** When it was read from a file of the marketplace's own, as it had not been posted here; absent when it was posted. */
	importedAt?: Date;
	/** Counted from 1. */
	attempt: number;
	/** Where the lead's CRM record is (or soon will be) seen, when the lead goes to the CRM too. */
	recordUrl?: string;
	/** What the rule that matches chooses for it. */
	choice?: Choice;
	/** What the same person did before, when it is to be mentioned. */
	earlier?: EarlierLead & { recordUrl?: string };
}

/** Where a lead goes: a folder each. */
export interface Destination {
	readonly name: DestinationName;
	/**
	 * One attempt: at most one request that changes anything. Ends soon after `signal` aborts, which then counts as a
	 * time-out. Never throws: how it ended is the value.
	 */
	deliver(request: DeliveryRequest, signal: AbortSignal): Promise<Outcome>;
}

/**
 * What a rule decides for the leads that meet it; what is absent goes the usual way. Beside these members each destination has its own, which its folder
 * checks and reads.
 */
export interface Choice {
	destinations?: DestinationName[];
	/** The lead is delivered nowhere. */
	journalOnly?: true;
	[member: string]: unknown;
}
