import type { StorageTable } from '../../storage/tables/storage-table.ts';
import type { JournaledRejection } from '../journal.ts';
import { partition, rejectedKey, ticketKey } from './row-keys.ts';
import { submit } from './submit.ts';

/** The ticket of a rejected payload goes: no one is alerted to it any more. The row stays, marked, until it is erased. */
export async function closeRejection(
	table: StorageTable,
	{ id, receivedAt }: JournaledRejection,
	now: number,
	signal: AbortSignal,
): Promise<'closed' | 'lost'> {
	const row = (rowKey: string) => ({ partitionKey: partition, rowKey });
	const refusal = await submit(
		table,
		[
			['update', { ...row(rejectedKey(id)), closedAt: now }, 'Merge'],
			['delete', row(ticketKey('rejected', receivedAt, id))],
		],
		signal,
	);
	return refusal ? 'lost' : 'closed';
}
