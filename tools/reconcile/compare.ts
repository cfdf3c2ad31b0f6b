import type { FileLead } from './file-leads.ts';
import { type By, type Comparable, matchLeads } from './match-leads.ts';

/** A lead of the journal, as it is compared. */
export interface JournalLead extends Comparable {
	importedAt?: number;
}

/** What is known of the journal beside its leads. */
export interface JournalFacts {
	/** When its first lead came, of those that it still has or has counted; absent: it never had one. */
	since?: number;
	/** Days (`2026-11-23`, UTC) of which leads were erased, by a person or after their retention. */
	erasedOn: ReadonlySet<string>;
	/** Payloads that were rejected, with their text in lower case. */
	rejected: { id: string; receivedAt: number; text: string }[];
}

export interface Comparison {
	inBoth: { there: FileLead; here: JournalLead; by: By }[];
	onlyThere: { there: FileLead; why: string /** It may not be lost at all: only a person can tell. */; doubt?: Doubt }[];
	onlyHere: { here: JournalLead; why: string }[];
}

export type Doubt = 'before the journal' | 'perhaps erased' | 'rejected here' | 'test lead' | 'no contact data';

export interface Range {
	/** Milliseconds since the epoch, both included: leads of the journal outside of it are only matched, not missed. */
	since: number;
	until: number;
	withinMs: number;
}

/** Which leads are in both, only in the file, or only in the journal, and why. */
export function compare(there: readonly FileLead[], here: readonly JournalLead[], facts: JournalFacts, range: Range): Comparison {
	const matches = matchLeads(there, here, range.withinMs);
	const inBoth = matches.flatMap(({ there: row, here: lead, by }) => {
		const [one, other] = [there[row], here[lead]];
		return one && other ? [{ there: one, here: other, by }] : [];
	});
	const found = new Set(matches.map(({ there: row }) => row));
	const known = new Set(matches.map(({ here: lead }) => lead));
	const people = new Set(here.flatMap(({ lead: { email } }) => (email ? [email.toLowerCase()] : [])));
	return {
		inBoth,
		onlyThere: there.flatMap((lead, index) => (found.has(index) ? [] : [{ there: lead, ...whyOnlyThere(lead, people, facts, range) }])),
		onlyHere: here.flatMap((lead, index) =>
			known.has(index) || lead.receivedAt < range.since || lead.receivedAt > range.until ? [] : [{ here: lead, why: whyOnlyHere(lead) }],
		),
	};
}

const dayMs = 86_400_000;
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

function whyOnlyThere(
	{ lead, receivedAt }: FileLead,
	people: ReadonlySet<string>,
	{ since, erasedOn, rejected }: JournalFacts,
	{ withinMs }: Range,
): { why: string; doubt?: Doubt } {
	const email = lead.email?.toLowerCase();
	if (lead.isTest) return { why: 'a test lead of Partner Center (MSFT_TEST)', doubt: 'test lead' };
	const told = email && rejected.find(({ text, receivedAt: at }) => Math.abs(at - receivedAt) <= withinMs && text.includes(email));
	if (told) return { why: `it was rejected here as ${told.id}: npm run leads -- replay ${told.id}`, doubt: 'rejected here' };
	if (since === undefined || receivedAt < since - withinMs)
		return { why: 'it is older than the first lead that this journal had', doubt: 'before the journal' };
	const days = [-dayMs, 0, dayMs].map((shift) => dayOf(receivedAt + shift));
	if (days.some((day) => erasedOn.has(day)))
		return {
			why: 'leads of that day were erased here, after their retention or on request: it may be one of them',
			doubt: 'perhaps erased',
		};
	if (!lead.hasContact && !lead.lastName && !lead.firstName)
		return { why: 'it names no one: no address, no phone number, no name', doubt: 'no contact data' };
	return {
		why:
			email && people.has(email)
				? 'the journal has this address, but not with this offer and time'
				: 'no lead like this is in the journal at that time',
	};
}

function whyOnlyHere({ lead, importedAt }: JournalLead): string {
	if (lead.isTest) return 'a test lead: Partner Center does not list them';
	if (importedAt !== undefined) return 'imported from another file';
	if (lead.doNotContact) return 'do not contact: perhaps Partner Center does not list it';
	return 'posted here, and not in the file: another account, other days, or somebody else who knows the URL';
}
