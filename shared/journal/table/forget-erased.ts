import type { StorageTable } from '../../storage/tables/storage-table.ts';
import { readRange, readRow } from './read-row.ts';
import { contentKey, fromErasedKey, leadKey, partition, ticketsBetween } from './row-keys.ts';
import { submit } from './submit.ts';

/**
 * Removes the last rows of erased leads: the content row, unless a newer lead has taken it over, then the emptied row of the lead with its ticket. A run
 * that breaks off between the two is taken up by the next one.
 */
export async function forgetErased(
	table: StorageTable,
	{ receivedUntil, most }: { receivedUntil: number; most: number },
	signal: () => AbortSignal,
): Promise<number> {
	const row = (rowKey: string) => ({ partitionKey: partition, rowKey });
	const tickets = await readRange(table, ticketsBetween('erased', -1, receivedUntil), { most, select: [], signal: signal() });
	for (const { rowKey } of tickets) {
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
	}
	return tickets.length;
}

async function forgetContent(table: StorageTable, rowKey: string, leadId: string, signal: AbortSignal): Promise<void> {
	const content = await readRow<{ leadId: string }>(table, rowKey, signal);
	if (content?.leadId !== leadId) return;
	// Gone, or taken over at this moment by a newer lead, whose it is now: the same to us.
	await table.remove({ partitionKey: partition, rowKey, etag: content.etag }, signal);
}
