import type { DestinationName } from '../../delivery/destination.ts';
import type { StorageTable } from '../../storage/tables/storage-table.ts';
import type { Journal } from '../journal.ts';
import { acceptLead } from './accept-lead.ts';
import { isTime } from './columns.ts';
import { readCooldown, writeCooldown } from './cooldown-row.ts';
import { createReceiptCounter } from './count-receipts.ts';
import { readCounts } from './daily-counts.ts';
import { keepNames, readNames } from './destination-columns.ts';
import { closeRejection, eraseRejection, eraseRejections } from './end-rejections.ts';
import { eraseLead, forgetErased } from './erase-lead.ts';
import { readFacetCounts } from './facet-counts.ts';
import { createRejectionKeeper } from './keep-rejections.ts';
import { fromLeadRow, isErased, type LeadRow } from './lead-row.ts';
import { listEarlierLeads, listIds, listLeads, listLeadsOfPerson } from './list-leads.ts';
import { moveDeliveries } from './move-deliveries.ts';
import { findRejection, listRejections } from './rejection-row.ts';
import { beginningKey, fromTicketKey, leadKey, leadsBetween, partition, ticketsBetween } from './row-keys.ts';
import { readRange, readRow, submit } from './rows.ts';

/** Name of the table. */
export const journalTable = 'journal';

/**
 * The journal on an Azure Storage table; `row-keys.ts` tells its layout.
 *
 * @param destinations whose deliveries it reads, besides those that settings have named; the others' columns stay as they are
 */
export function createTableJournal(table: StorageTable, destinations: readonly DestinationName[]): Journal {
	const countReceipt = createReceiptCounter(table);
	const names = keepNames();
	return {
		accept: (lead, signal) => acceptLead({ table, countReceipt, names }, lead, signal),
		reject: createRejectionKeeper(table),
		move: (lead, moves, signal, decided) => moveDeliveries({ table, names }, { lead, moves, decided }, signal),
		async find(leadId, signal) {
			const row = await readRow<LeadRow>(table, leadKey(leadId), signal);
			return row && !isErased(row) ? fromLeadRow(row, destinations) : undefined;
		},
		async tickets(list, { after = -1, until, most }, signal) {
			const rows = await readRange(table, ticketsBetween(list, after, until), { most, select: [], signal });
			return rows.map(({ rowKey }) => fromTicketKey(rowKey));
		},
		earlierLeads: (person, before, signal) => listEarlierLeads(table, person, { ...before, destinations }, signal),
		readCooldown: (destination, signal) => readCooldown(table, destination, signal),
		writeCooldown: (destination, step, signal) => writeCooldown(table, destination, step, signal),
		async latest(signal) {
			const [row] = await readRange<LeadRow>(table, leadsBetween({ since: 0, until: Number.MAX_SAFE_INTEGER }), {
				most: 1,
				select: ['receivedAt'],
				signal,
			});
			return row?.receivedAt;
		},
		began: (now, signal) => readBeginning(table, now, signal),
		leads: (span, options, signal) => listLeads(table, span, { ...options, destinations }, signal),
		ids: (of, span, most, signal) => listIds(table, { of, span, most }, signal),
		leadsOfPerson: (person, signal) => listLeadsOfPerson(table, person, signal),
		rejections: (span, options, signal) => listRejections(table, span, options, signal),
		findRejection: (id, signal) => findRejection(table, id, signal),
		closeRejection: (rejection, closing, signal) => closeRejection(table, rejection, closing, signal),
		erase: (lead, now, signal, under) => eraseLead(table, { lead, now, under }, signal),
		eraseRejections: (rejections, signal) => eraseRejections(table, rejections, signal),
		eraseRejection: (rejection, signal) => eraseRejection(table, rejection, signal),
		forget: (range, signal, over) => forgetErased(table, range, signal, over),
		named: (signal) => readNames(table, signal),
		counts: (days, signal) => readCounts(table, days, signal),
		facetCounts: (days, signal) => readFacetCounts(table, days, signal),
	};
}

/**
 * When the journal began, in milliseconds since the epoch: the time of the first question, which is kept. One that cannot be read counts as now, so that
 * nothing is complained about too early.
 */
async function readBeginning(table: StorageTable, now: number, signal: AbortSignal): Promise<number> {
	const read = async () => (await readRow<{ beganAt: unknown }>(table, beginningKey, signal))?.beganAt;
	const toTime = (value: unknown) => (isTime(value) ? value : now);
	const known = await read();
	if (known !== undefined) return toTime(known);
	const refusal = await submit(table, [['create', { partitionKey: partition, rowKey: beginningKey, beganAt: now }]], signal);
	// Another instance was first.
	return refusal ? toTime(await read()) : now;
}
