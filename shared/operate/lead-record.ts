import { leadOf } from '../accept/read-receipt.ts';
import type { Act, Delivery } from '../delivery/delivery.ts';
import type { DestinationName } from '../delivery/destination.ts';
import type { JournaledRejection, ListedLead } from '../journal/entries.ts';
import type { Lead } from '../lead/lead.ts';
import { actionInWords, leadReference, personName, sourceInWords } from '../lead/lead-words.ts';
import type { SheetRow } from './export/to-workbook.ts';

export const iso = (time: number) => new Date(time).toISOString();

/** A lead as `--json` gives it: times in ISO 8601, nothing of how the journal stores it. */
export function toRecord({ etag, person, contentId, payload, receivedAt, latestReceiptAt, importedAt, deliveries, ...lead }: ListedLead) {
	return {
		...lead,
		receivedAt: iso(receivedAt),
		...(latestReceiptAt !== undefined && { latestReceiptAt: iso(latestReceiptAt) }),
		...(importedAt !== undefined && { importedAt: iso(importedAt) }),
		deliveries: Object.fromEntries(Object.entries(deliveries).map(([name, delivery]) => [name, toDeliveryRecord(delivery)])),
	};
}

/** `due` while it is pending, else `since`. */
export function toDeliveryRecord({ state, since, due, attempts, claim, recent, proof, reason, remedy, ...rest }: Delivery) {
	const acts = actsOf(rest);
	return {
		state,
		...(state === 'pending' ? { due: iso(due) } : { since: iso(since) }),
		attempts,
		...(claim && { underWaySince: iso(claim.at) }),
		...(reason && { reason }),
		...(remedy && { remedy }),
		...(proof && { proof }),
		recent: recent.map(({ at, ...attempt }) => ({ ...attempt, at: iso(at) })),
		...(acts.length > 0 && { acts: acts.map(({ at, ...act }) => ({ ...act, at: iso(at) })) }),
	};
}

/** What people did with a delivery, the latest last, as far as this version can read it: the journal hands it on as it finds it. */
export function actsOf({ acts }: Pick<Delivery, 'acts'>): Act[] {
	const read: unknown[] = Array.isArray(acts) ? acts : [];
	return read.filter((act): act is Act => {
		const { what, at, by, note } = (act ?? {}) as { [Member in keyof Act]?: unknown };
		return isText(what) && isText(by) && isText(note ?? '') && typeof at === 'number' && Math.abs(at) <= 8.64e15;
	});
}

const isText = (value: unknown) => typeof value === 'string';

export function toRejectionRecord({ payload, receivedAt, closedAt, ...rejection }: JournaledRejection) {
	return { ...rejection, receivedAt: iso(receivedAt), ...(closedAt !== undefined && { closedAt: iso(closedAt) }) };
}

const leadColumns = [
	'firstName',
	'lastName',
	'email',
	'phone',
	'country',
	'company',
	'title',
	'offerTitle',
	'offer',
	'publisher',
	'source',
	'action',
	'leadSource',
	'description',
] as const satisfies (keyof Lead)[];

/** A lead as a row of a spreadsheet: every value under the name of its column. `destinations` have theirs, whether the lead went there or not. */
export function toColumns(lead: ListedLead, destinations: readonly DestinationName[]): SheetRow {
	const said = leadOf(lead);
	const named = (values: { name: string; value: string }[] = []) => values.map(({ name, value }) => `${name}: ${value}`).join('\n');
	return {
		leadId: lead.leadId,
		receivedAt: new Date(lead.receivedAt),
		receipts: String(lead.receipts),
		reference: leadReference(lead.leadId),
		isTest: String(lead.summary.isTest === true),
		doNotContact: String(lead.summary.doNotContact === true),
		undecided: String(lead.undecided),
		journalOnly: lead.journalOnly ?? '',
		...Object.fromEntries(leadColumns.map((name) => [name, said?.[name] ?? ''])),
		campaign: named(said?.campaign),
		unknown: named(said?.unknown),
		...Object.assign({}, ...destinations.map((name) => deliveryColumns(name, lead.deliveries[name]))),
	};
}

const deliveryColumns = (name: string, delivery: Delivery | undefined) => ({
	[`${name}State`]: delivery?.state ?? '',
	[`${name}At`]: delivery ? new Date(delivery.state === 'pending' ? delivery.due : delivery.since) : '',
	[`${name}Attempts`]: delivery ? String(delivery.attempts) : '',
	[`${name}Reason`]: delivery?.reason ?? '',
	[`${name}Proof`]: delivery?.proof?.id ?? '',
});

/** What is special about a lead, in a word each. */
export function marksOf({ summary, undecided, journalOnly, receipts, importedAt }: ListedLead): string[] {
	return [
		...(undecided ? ['undecided'] : []),
		...(summary.isTest ? ['test'] : []),
		...(summary.doNotContact ? ['do not contact'] : []),
		...(journalOnly ? ['journal only'] : []),
		...(importedAt !== undefined ? ['imported'] : []),
		...(receipts > 1 ? [`came ${receipts} times`] : []),
	];
}

/** What a lead says, under the names that people give it; what it does not say is undefined. */
export function leadFacts(lead: Lead): [label: string, said: string | undefined][] {
	return [
		['Name', personName(lead)],
		['Company', lead.company],
		['Title', lead.title],
		['E-mail', lead.email],
		['Phone', lead.phone],
		['Country', lead.country],
		['Offer', lead.offerTitle ?? lead.offer],
		['Offer id', lead.offer],
		['Publisher', lead.publisher],
		['Source', sourceInWords(lead)],
		['Action', actionInWords(lead)],
		['Message', lead.description],
		...membersUnder('Campaign', lead.campaign),
		...membersUnder('Other', lead.unknown),
	];
}

const membersUnder = (label: string, members: Lead['campaign'] = []) =>
	members.map(({ name, value }): [string, string] => [label, `${name}: ${value}`]);
