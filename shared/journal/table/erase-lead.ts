import { lost, whileLost } from '../../basics/while-lost.ts';
import type { Delivery } from '../../delivery/delivery.ts';
import type { Action } from '../../storage/tables/row.ts';
import type { StorageTable } from '../../storage/tables/storage-table.ts';
import type { ListedLead } from '../journal.ts';
import { addCounts, countsOf } from './daily-counts.ts';
import { erasedKey, leadKey, partition, personKey, ticketKey } from './row-keys.ts';
import { searchTickets } from './search-tickets.ts';
import { submit } from './submit.ts';
import { ticketOf } from './ticket-of.ts';

/** Lost to others who count on the same day. */
const mostAttempts = 10;

/**
 * Erases a lead in one transaction: its row is emptied, its tickets and its entry in the person index go, its day's counts grow. Emptied and not deleted,
 * because a transaction's delete heeds no ETag: a replay between reading and erasing would be lost, and its ticket left behind. What remains are ids and
 * times, and a ticket by which `forgetErased` removes them together with the content row, once the dedupe window has ended.
 */
export async function eraseLead(table: StorageTable, lead: ListedLead, now: number, signal: AbortSignal): Promise<'erased' | 'lost'> {
	const { leadId, receivedAt, contentId } = lead;
	const row = (rowKey: string) => ({ partitionKey: partition, rowKey });
	const tickets = Object.entries(lead.deliveries as Record<string, Delivery>).map(([name, delivery]) => ticketOf(leadId, name, delivery));
	tickets.push(...(await searchTickets(table, lead, signal)));
	if (lead.undecided) tickets.push(ticketKey('undecided', receivedAt, leadId));
	const emptied = { ...row(leadKey(leadId)), v: 1, receivedAt, contentId, erasedAt: now };
	const actions: Action[] = [
		['update', emptied, 'Replace', { etag: lead.etag }],
		...tickets.flatMap((key): Action[] => (key ? [['delete', row(key)]] : [])),
		['create', row(erasedKey(receivedAt, leadId, contentId))],
		...(lead.person ? [['delete', row(personKey(lead.person, leadId))] satisfies Action] : []),
	];
	const last = actions.length - 1;
	return whileLost(`the counts of the day of lead ${leadId}`, mostAttempts, async () => {
		const refusal = await submit(table, [...actions, await addCounts(table, receivedAt, countsOf(lead), signal)], signal);
		if (!refusal) return 'erased';
		// Its entry in the person index is gone: that keeps no lead from being erased.
		if (lead.person && refusal.row === last && actions.length > last && refusal.why === 'gone') actions.pop();
		else if (refusal.row < actions.length) return 'lost';
		return lost;
	});
}
