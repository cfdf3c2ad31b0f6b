import { tryEach } from '../../basics/try-each.ts';
import { lost, whileLost } from '../../basics/while-lost.ts';
import type { Delivery } from '../../delivery/delivery.ts';
import type { Action } from '../../storage/tables/row.ts';
import type { StorageTable } from '../../storage/tables/storage-table.ts';
import type { ListedLead } from '../entries.ts';
import type { CountedUnder, TicketList } from '../journal.ts';
import { addCounts, countsOf } from './daily-counts.ts';
import { contentKey, erasedKey, fromErasedKey, leadKey, partition, personKey, ticketKey, ticketOf, ticketsBetween } from './row-keys.ts';
import { readRange, readRow, submit } from './rows.ts';

/** Lost to others who count on the same day. */
const mostAttempts = 10;

/**
 * Erases a lead in one transaction: its row is emptied, its tickets and its entry in the person index go, its day's counts grow. Emptied and not deleted,
 * because a transaction's delete heeds no ETag: a replay between reading and erasing would be lost, and its ticket left behind. What remains are ids and
 * times, and a ticket by which `forgetErased` removes them together with the content row, once the dedupe window has ended.
 */
export async function eraseLead(
	table: StorageTable,
	{ lead, now, under }: { lead: ListedLead; now: number; under: CountedUnder | undefined },
	signal: AbortSignal,
): Promise<'erased' | 'lost'> {
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
		const refusal = await submit(
			table,
			[...actions, await addCounts(table, receivedAt, { counts: countsOf(lead), under: lead.summary.isTest ? undefined : under }, signal)],
			signal,
		);
		if (!refusal) return 'erased';
		// Its entry in the person index is gone: that keeps no lead from being erased.
		if (lead.person && refusal.row === last && actions.length > last && refusal.why === 'gone') actions.pop();
		else if (refusal.row < actions.length) return 'lost';
		return lost;
	});
}

/** The tickets of a lead's deliveries that cannot be read, by their keys. All that waits is searched: only such a delivery costs it. */
async function searchTickets(table: StorageTable, { leadId, deliveries }: ListedLead, signal: AbortSignal): Promise<string[]> {
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

/**
 * Removes the last rows of erased leads: the content row, unless a newer lead has taken it over, then the emptied row of the lead with its ticket. A run
 * that breaks off between the two is taken up by the next one.
 */
export async function forgetErased(
	table: StorageTable,
	{ receivedUntil, most }: { receivedUntil: number; most: number },
	signal: () => AbortSignal,
	over?: AbortSignal,
): Promise<number> {
	const row = (rowKey: string) => ({ partitionKey: partition, rowKey });
	const tickets = await readRange(table, ticketsBetween('erased', -1, receivedUntil), { most, select: [], signal: signal() });
	await tryEach(
		tickets,
		async ({ rowKey }) => {
			const { leadId, contentId } = fromErasedKey(rowKey);
			await forgetContent(table, contentKey(contentId), leadId, signal());
			const refusal = await submit(
				table,
				[
					['delete', row(rowKey)],
					['delete', row(leadKey(leadId))],
				],
				signal(),
			);
			// The lead's row is gone by someone else's hand: the ticket has nothing to point to.
			if (refusal?.row === 1) await submit(table, [['delete', row(rowKey)]], signal());
		},
		over,
	);
	return tickets.length;
}

async function forgetContent(table: StorageTable, rowKey: string, leadId: string, signal: AbortSignal): Promise<void> {
	const content = await readRow<{ leadId: string }>(table, rowKey, signal);
	if (content?.leadId !== leadId) return;
	// Gone, or taken over at this moment by a newer lead, whose it is now: the same to us.
	await table.remove({ partitionKey: partition, rowKey, etag: content.etag }, signal);
}
