import type { DestinationName } from '../../delivery/destination.ts';
import { type EarlierLead, samePersonWindowMs } from '../../lead/same-person.ts';
import type { StorageTable } from '../../storage/tables/storage-table.ts';
import { fromLeadRow, isErased, type LeadRow } from './lead-row.ts';
import { readRange, readRow } from './read-row.ts';
import { leadKey, personKey } from './row-keys.ts';

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
