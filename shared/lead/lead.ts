/**
 * The words of this product, one per idea:
 *
 * - payload: what the marketplace posted, as it came
 * - lead: the normalised payload, with its lead id (a UUID v7, given at acceptance)
 * - content id: hash of what the lead says: the same for the same lead in other casing, order or blanks
 * - receipt: one accepted POST; a lead has one or more
 * - proof: what a destination said when a delivery worked
 * - journal: our durable record of every lead and of the state of each of its deliveries: the only truth
 * - destination: where a lead goes: `email` (Graph), `crm` (Dataverse)
 * - delivery: one lead × one destination
 * - bell: a queue message that says "look at this lead"; it carries its id and no truth
 * - cooldown: a destination is not called until a time, for a reason; then one lead probes it
 * - claim: the due time is moved behind the attempt's deadline before the call
 * - attempt: one try of one delivery; its outcome is delivered, transient, configuration or permanent
 * - parked: a delivery that will not be tried again by itself: a person decides
 * - rejected: a payload that could not be read as a lead; kept in the journal with its reason, answered 4xx
 * - spill: where an accepted payload waits when the journal cannot be written
 */

/** A value that came under a name of the sender's choosing; nested names are joined: `UserDetails.License`, `tags[0]`. */
export interface NamedValue {
	name: string;
	value: string;
}

/** One thing that keeps a payload from being a lead; never quotes the payload's values. */
export interface Issue {
	/** RFC 6901, into the payload: `/UserDetails/Email`; `''` is the whole. */
	pointer: string;
	/** What is wrong and what is expected, as a sentence. */
	detail: string;
}

/**
 * What a payload says, normalised: trimmed, control characters removed, NFC; a blank, `null` or missing member is absent.
 * `lead.schema.json` describes every member.
 */
export interface Lead {
	firstName?: string;
	lastName?: string;
	email?: string;
	phone?: string;
	country?: string;
	company?: string;
	/** Job title. */
	title?: string;
	offerTitle?: string;
	/** As it came, plain or composite. */
	leadSource?: string;
	/** `AzureMarketplace`, `AzurePortal`, `SPZA` (AppSource), `TestDrive` or whatever else was sent. */
	source?: string;
	/** `INS`, `PLT`, `DNC`, `Create`, `StartTestDrive` or whatever else was sent. */
	action?: string;
	/** Publisher id, from a composite lead source. */
	publisher?: string;
	/** Offer id, from a composite lead source. */
	offer?: string;
	/** Free text. */
	description?: string;
	/** The listing URL's query parameters, from a description that is a JSON object. */
	campaign?: NamedValue[];
	/** Members that the marketplace's schema does not know, in the order they came. */
	unknown?: NamedValue[];
	/** Sent by the publisher's Validate or Publish button (`MSFT_TEST`). */
	isTest: boolean;
	/** The customer must not be contacted (`DNC`). */
	doNotContact: boolean;
	/** There is an e-mail address or a phone number. */
	hasContact: boolean;
}
