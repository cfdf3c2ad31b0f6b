import type { DestinationName } from '../../delivery/destination.ts';
import { type EarlierLead, samePersonWindowMs } from '../../lead/same-person.ts';
import type { StorageTable } from '../../storage/tables/storage-table.ts';
import type { ListedLead } from '../entries.ts';
import type { Page, Span } from '../journal.ts';
import { columnOf, readNames } from './destination-columns.ts';
import { fromLeadRow, isErased, type LeadRow, listedColumns } from './lead-row.ts';
import { leadKey, leadsBetween, leadsOfPerson, personKey, rejectionsBetween } from './row-keys.ts';
import { readRange, readRow } from './rows.ts';

/** One page of leads, newest first: one range read, whatever the number of leads stored. Erased ones are left out. */
export async function listLeads(
	table: StorageTable,
	span: Span,
	{ most, payloads = false, destinations }: { most: number; payloads?: boolean; destinations: readonly DestinationName[] },
	signal: AbortSignal,
): Promise<Page<ListedLead>> {
	const read = Math.min(most, 1000);
	const names = new Set([...destinations, ...(await readNames(table, signal))]);
	const select = [...listedColumns, ...[...names].map(columnOf), ...(payloads ? ['payload'] : [])];
	const rows = await readRange<LeadRow>(table, leadsBetween(span), { most: read, select, signal });
	const next = rows.length < read ? undefined : idAtEnd(rows.at(-1)?.rowKey);
	const items = rows
		.filter((row) => !isErased(row))
		.map((row): ListedLead => {
			const { payload, ...lead } = fromLeadRow(row, destinations);
			return payloads ? { ...lead, payload } : lead;
		});
	return { items, ...(next && { next }) };
}

/** One page of ids, newest first, without reading anything else. Ids of erased leads are left out. */
export async function listIds(
	table: StorageTable,
	{ of, span, most }: { of: 'leads' | 'rejections'; span: Span; most: number },
	signal: AbortSignal,
): Promise<Page<string>> {
	const read = Math.min(most, 1000);
	const range = of === 'leads' ? leadsBetween(span) : rejectionsBetween(span);
	const rows = await readRange<LeadRow>(table, range, { most: read, select: ['erasedAt'], signal });
	const next = rows.length < read ? undefined : idAtEnd(rows.at(-1)?.rowKey);
	return { items: rows.flatMap((row) => (isErased(row) ? [] : [idAtEnd(row.rowKey) ?? ''])), ...(next && { next }) };
}

/** The ids of a person's leads, oldest first. */
export async function listLeadsOfPerson(table: StorageTable, person: string, signal: AbortSignal): Promise<string[]> {
	const rows = await readRange(table, leadsOfPerson(person), { most: Number.MAX_SAFE_INTEGER, select: [], signal });
	return rows.map(({ rowKey }) => idAtEnd(rowKey) ?? '');
}

const idAtEnd = (rowKey: string | undefined) => rowKey?.slice(rowKey.lastIndexOf('|') + 1);

/** Keys that are read, and leads: enough for any customer. Of someone who sends more, the latest of these count. */
const [mostKeys, mostLeads] = [1000, 10];

/**
 * What a person (the hash of an e-mail address) did in the 30 days before a lead, newest first: one range read of the person index, whose keys are in
 * the order of time because a lead id begins with it, and a point read for each lead.
 */
export async function listEarlierLeads(
	table: StorageTable,
	person: string,
	before: { leadId: string; receivedAt: number; destinations: readonly DestinationName[] },
	signal: AbortSignal,
): Promise<EarlierLead[]> {
	const range = { from: personKey(person, firstIdOf(before.receivedAt - samePersonWindowMs)), to: personKey(person, before.leadId) };
	const keys = await readRange(table, range, { most: mostKeys, select: [], signal });
	const ids = keys.map(({ rowKey }) => rowKey.slice(rowKey.lastIndexOf('|') + 1));
	const rows = await Promise.all(
		ids
			.slice(-mostLeads)
			.reverse()
			.map((leadId) => readRow<LeadRow>(table, leadKey(leadId), signal)),
	);
	return rows.flatMap((row) => {
		if (!row || isErased(row)) return [];
		const { leadId, receivedAt, summary, deliveries } = fromLeadRow(row, before.destinations);
		const { offer, action, isTest } = summary;
		return [
			{
				leadId,
				receivedAt,
				...(offer !== undefined && { offer }),
				...(action !== undefined && { action }),
				...(isTest !== undefined && { isTest }),
				delivered: Object.keys(deliveries).filter((name) => deliveries[name]?.state === 'delivered'),
			},
		];
	});
}

/** Where the ids of leads of that time begin: a UUID v7 begins with its milliseconds. */
function firstIdOf(time: number): string {
	const digits = Math.max(0, time).toString(16).padStart(12, '0');
	return `${digits.slice(0, 8)}-${digits.slice(8)}`;
}
