import { namesOf } from '../shared/delivery/destination-kind.ts';
import { destinationKinds } from '../shared/destinations/destination-kinds.ts';
import type { JournaledLead } from '../shared/journal/entries.ts';
import { fromLeadRow, type LeadRow } from '../shared/journal/table/lead-row.ts';
import { leadsBetween } from '../shared/journal/table/row-keys.ts';
import { readRange } from '../shared/journal/table/rows.ts';
import { journalTable } from '../shared/journal/table/table-journal.ts';
import { openTable } from '../shared/storage/open-storage.ts';

/** Every lead of a journal, read straight from storage; asked again when a busy machine breaks the connection. */
export async function readJournal(connectionString: string, tries = 5): Promise<JournaledLead[]> {
	const table = await openTable({ connectionString }, journalTable);
	const everything = leadsBetween({ since: 0, until: Number.MAX_SAFE_INTEGER });
	try {
		const rows = await readRange<LeadRow>(table, everything, { most: 1e6, signal: AbortSignal.timeout(120_000) });
		return rows.map((row) => fromLeadRow(row, namesOf(destinationKinds)));
	} catch (error) {
		if (tries <= 1) throw error;
		return readJournal(connectionString, tries - 1);
	}
}

/** Nothing is left to do for it. */
export const hasEnded = ({ deliveries, undecided }: JournaledLead) =>
	!undecided && Object.values(deliveries).every(({ state }) => state !== 'pending');
