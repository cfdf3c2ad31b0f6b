import type { DestinationName } from '../delivery/destination.ts';
import type { FieldMap } from '../destinations/crm/field-map/field-map.ts';
import type { Route } from '../rules/route.ts';

/** What is wrong with one setting; the value itself is never told. */
export interface SettingIssue {
	setting: string;
	/** The rule at fault, counted from 1, when the setting holds several. */
	rule?: number;
	/** What is wrong: `is not a duration`. */
	problem: string;
	/** What is allowed, with an example. */
	allowed: string;
	/** The destinations that cannot work until it is mended; empty when a default serves meanwhile. */
	blocks: DestinationName[];
}

export type StorageSettings =
	| { connectionString: string }
	| { tableServiceUri: string; queueServiceUri: string; clientId?: string | undefined };

export interface EmailSettings {
	from?: string;
	to: string[];
	cc: string[];
	/** A template that was found right; without it the built-in subject is used. */
	subject?: string;
	/** As the subject, in HTML. */
	body?: string;
	/** Known to `Intl`. */
	locale: string;
	/** IANA, known to `Intl`. */
	timeZone: string;
	maxPerHour: number;
	/** Root without a trailing slash: `https://graph.microsoft.com`. */
	graphBaseUrl: string;
}

export interface CrmSettings {
	/** Origin of the organisation without a trailing slash: `https://contoso.crm4.dynamics.com`. */
	url?: string;
	/** Choice value of the `leadsourcecode` column. */
	leadSource?: number;
	duplicateDetection: boolean;
	/** Columns and what they are filled with, beside the usual ones; those that were found right. */
	fields?: FieldMap;
	/** To whom records are given; found right. */
	owner?: string;
	/** Of dates in templates; known to `Intl`. */
	locale?: string;
	timeZone?: string;
}

/** Every setting, read: defaults in place, durations in milliseconds. */
export interface Settings {
	/** The valid names among `LEAD_DESTINATIONS`. */
	destinations: DestinationName[];
	/** False while `LEAD_DESTINATIONS` is missing or holds a name that is not valid: leads then stay undecided too. */
	destinationsDecided: boolean;
	/** The rules that are right, in order. */
	routes: Route[];
	testPolicy: 'deliver' | 'journal';
	dncPolicy: 'journal' | 'deliver';
	/** Whether an earlier lead of the same person is mentioned. */
	samePerson: 'deliver' | 'mention';
	dedupeWindowMs: number;
	retentionMs: number;
	sweepSchedule: string;
	retryWindowMs: number;
	retryFirstMs: number;
	attemptTimeoutMs: number;
	email: EmailSettings;
	crm: CrmSettings;
	/** Client id of the user-assigned identity. */
	clientId?: string;
	/** Absent when neither form is complete: then nothing can be accepted. */
	storage?: StorageSettings;
	/** Everything that is wrong, together. */
	issues: SettingIssue[];
	/** What is right and yet hardly what was meant: nothing works worse for it. */
	warnings: SettingIssue[];
}
