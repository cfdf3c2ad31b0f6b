import type { Cuttable } from '../drill/drill.ts';
import type { Fault } from '../faults/fault.ts';
import type { Person } from '../graph/mailbox.ts';
import type { ServiceName } from '../sandbox-env.ts';
import type { HookFormat } from '../webhooks/stand-ins.ts';

/** What `/events` says whenever something has changed. */
export interface SandboxState {
	/** Differs whenever a list has changed. */
	version: string;
	mails: number;
	leads: number;
	/** What was posted to hooks. */
	messages: number;
	faults: Record<ServiceName, Fault | null>;
	/** The services that the outage drill can cut off. */
	drill: Cuttable[];
	/** Destinations of the app that rest while leads wait for them. */
	cooldowns: CooldownNotice[];
	/** Settings by which the app calls services elsewhere: what goes there is not seen here. */
	leadsOff: string[];
	/** Where a lead is posted, key included; absent while it is not known. */
	intakeUrl?: string;
	/** Where the app's board is; absent while it is not known. */
	boardUrl?: string;
}

/** A destination that the app does not call for a while. */
export interface CooldownNotice {
	destination: string;
	/** ISO 8601. */
	until: string;
	/** `configuration`, `failing` …, as the app's log says it. */
	why: string;
	code: string;
	/** How many leads wait for it that came since. */
	leads: number;
}

/** A list, newest first; `total` counts what is not in it too. */
export interface Listing<Item> {
	total: number;
	items: Item[];
}

export interface MailSummary {
	id: string;
	from: Person;
	to: Person[];
	subject: string;
	/** The first words of the body. */
	snippet: string;
	receivedAt: string;
}

export interface MailDetail extends MailSummary {
	cc: Person[];
	bcc: Person[];
	replyTo: Person[];
	importance: string;
	headers: Record<string, string>;
}

/** What was posted to a hook, as the list shows it. */
export interface MessageSummary {
	id: string;
	format: HookFormat;
	hook: string;
	path: string;
	leadId?: string;
	/** Its first words. */
	title: string;
	receivedAt: string;
	/** How often it came, where the receiver knows a repetition. */
	times: number;
}

export interface MessageDetail extends MessageSummary {
	headers: Record<string, string>;
	/** JSON, or the fields of a form by name. */
	body: unknown;
}

export interface LeadSummary {
	leadid: string;
	subject?: string;
	fullname?: string;
	companyname?: string;
	emailaddress1?: string;
	telephone1?: string;
	address1_country?: string;
	createdon: string;
}

/** One column of a lead that has a value. */
export interface LeadField {
	name: string;
	label: string;
	/** For people: the label of a choice, Yes or No, the name of a record. */
	text: string;
	kind: string;
}

export interface LeadDetail {
	leadid: string;
	fields: LeadField[];
}
