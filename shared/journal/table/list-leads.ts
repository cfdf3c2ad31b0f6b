import type { DestinationName } from '../../delivery/destination.ts';
import type { StorageTable } from '../../storage/tables/storage-table.ts';
import type { ListedLead, Page, Span } from '../journal.ts';
import { fromLeadRow, isErased, type LeadRow, listedColumns } from './lead-row.ts';
import { readRange } from './read-row.ts';
import { leadsBetween, leadsOfPerson, rejectionsBetween } from './row-keys.ts';

/** One page of leads, newest first: one range read, whatever the number of leads stored. Erased ones are left out. */
export async function listLeads(
	table: StorageTable,
	span: Span,
	{ most, payloads = false, destinations }: { most: number; payloads?: boolean; destinations: readonly DestinationName[] },
	signal: AbortSignal,
): Promise<Page<ListedLead>> {
	const read = Math.min(most, 1000);
	const select = [...listedColumns, ...destinations, ...(payloads ? ['payload'] : [])];
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
