import type { Action } from '../../storage/tables/row.ts';
import type { StorageTable } from '../../storage/tables/storage-table.ts';
import type { JournaledRejection } from '../journal.ts';
import { addCounts } from './daily-counts.ts';
import { partition, rejectedKey, ticketKey } from './row-keys.ts';
import { submit } from './submit.ts';

/** Rounds lost to someone who counts on the same day or closes at the same moment. */
const mostRounds = 10;

/** Erases a rejected payload: its row and its ticket go, its day's counts grow. Safe to repeat. */
export async function eraseRejection(
	table: StorageTable,
	{ id, receivedAt, closedAt }: JournaledRejection,
	signal: AbortSignal,
): Promise<void> {
	const row = (rowKey: string) => ({ partitionKey: partition, rowKey });
	let keys = [rejectedKey(id), ...(closedAt === undefined ? [ticketKey('rejected', receivedAt, id)] : [])];
	for (let round = 1; round <= mostRounds; round++) {
		const counts = await addCounts(table, receivedAt, { rejected: 1 }, signal);
		const refusal = await submit(table, [...keys.map((key): Action => ['delete', row(key)]), counts], signal);
		// The row went by someone else's hand, who has counted it.
		if (!refusal || refusal.row === 0) return;
		if (refusal.row < keys.length) keys = keys.slice(0, 1);
	}
	throw new Error(`the rejected payload ${id} kept changing concurrently; gave up after ${mostRounds} attempts`);
}
