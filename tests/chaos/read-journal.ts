import type { JournaledLead } from '../../shared/journal/journal.ts';
import { fromLeadRow, type LeadRow } from '../../shared/journal/lead-row.ts';
import { readRange } from '../../shared/journal/read-row.ts';
import { leadsBetween } from '../../shared/journal/row-keys.ts';
import { journalTable } from '../../shared/journal/table-journal.ts';
import { openTable } from '../../shared/storage/open-table.ts';

/** Every lead of a journal, read straight from storage; asked again when a busy machine breaks the connection. */
export async function readJournal(connectionString: string, tries = 5): Promise<JournaledLead[]> {
	const table = await openTable({ connectionString }, journalTable);
	const everything = leadsBetween({ since: 0, until: Number.MAX_SAFE_INTEGER });
	try {
		const rows = await readRange<LeadRow>(table, everything, { most: 1e6, signal: AbortSignal.timeout(120_000) });
		return rows.map(fromLeadRow);
	} catch (error) {
		if (tries <= 1) throw error;
		return readJournal(connectionString, tries - 1);
	}
}

/** Nothing is left to do for it. */
export const hasEnded = ({ deliveries, undecided }: JournaledLead) =>
	!undecided && Object.values(deliveries).every(({ state }) => state !== 'pending');

/** Mails beyond the first of each lead that the journal explains: an earlier attempt ended without an answer and may have been sent. */
export function explainedDoubles(journal: JournaledLead[], mailed: string[]): number {
	const mails = new Map<string, number>();
	for (const leadId of mailed) mails.set(leadId, (mails.get(leadId) ?? 0) + 1);
	let explained = 0;
	for (const { leadId, deliveries } of journal) {
		const doubles = (mails.get(leadId) ?? 1) - 1;
		const maybeSent = deliveries.email?.recent.filter(({ maybeDone }) => maybeDone).length ?? 0;
		explained += Math.min(doubles, maybeSent);
	}
	return explained;
}
