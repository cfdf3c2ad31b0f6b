import type { StorageTable } from '../../storage/tables/storage-table.ts';
import type { ListedLead, TicketList } from '../journal.ts';
import { readRange } from './read-row.ts';
import { ticketsBetween } from './row-keys.ts';

/** The tickets of a lead's deliveries that cannot be read, by their keys. All that waits is searched: only such a delivery costs it. */
export async function searchTickets(table: StorageTable, { leadId, deliveries }: ListedLead, signal: AbortSignal): Promise<string[]> {
	const found: string[] = [];
	for (const [name, { state }] of Object.entries(deliveries)) {
		if (state !== 'unreadable') continue;
		const ends = { [name]: `|${leadId}`, parked: `|${leadId}|${name}` };
		for (const [list, end] of Object.entries(ends)) {
			const range = ticketsBetween(list as TicketList, -1, Number.MAX_SAFE_INTEGER);
			const rows = await readRange(table, range, { most: Number.MAX_SAFE_INTEGER, select: [], signal });
			found.push(...rows.map(({ rowKey }) => rowKey).filter((key) => key.endsWith(end)));
		}
	}
	return found;
}
