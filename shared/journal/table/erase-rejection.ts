import { lost, whileLost } from '../../basics/while-lost.ts';
import type { Action } from '../../storage/tables/row.ts';
import type { StorageTable } from '../../storage/tables/storage-table.ts';
import type { JournaledRejection } from '../journal.ts';
import { addCounts } from './daily-counts.ts';
import { partition, rejectedKey, ticketKey } from './row-keys.ts';
import { submit } from './submit.ts';

/** Lost to others who count on the same day, or close at the same moment. */
const mostAttempts = 10;

/** Erases a rejected payload: its row and its ticket go, its day's counts grow. Safe to repeat. */
export async function eraseRejection(
	table: StorageTable,
	{ id, receivedAt, closedAt }: JournaledRejection,
	signal: AbortSignal,
): Promise<void> {
	const row = (rowKey: string) => ({ partitionKey: partition, rowKey });
	let keys = [rejectedKey(id), ...(closedAt === undefined ? [ticketKey('rejected', receivedAt, id)] : [])];
	await whileLost(`the rejected payload ${id}`, mostAttempts, async () => {
		const counts = await addCounts(table, receivedAt, { rejected: 1 }, signal);
		const refusal = await submit(table, [...keys.map((key): Action => ['delete', row(key)]), counts], signal);
		// The row went by someone else's hand, who has counted it.
		if (!refusal || refusal.row === 0) return undefined;
		if (refusal.row < keys.length) keys = keys.slice(0, 1);
		return lost;
	});
}
