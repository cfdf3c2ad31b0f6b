import type { Action } from '../../storage/tables/row.ts';
import type { StorageTable } from '../../storage/tables/storage-table.ts';
import type { JournaledRejection } from '../journal.ts';
import { addCounts, dayOf } from './daily-counts.ts';
import { eraseRejection } from './erase-rejection.ts';
import { partition, rejectedKey, ticketKey } from './row-keys.ts';
import { submit } from './submit.ts';

/** Two rows each and one of counts: a transaction takes 100. */
const mostAtOnce = 49;

/** Erases rejected payloads, many of a day in one transaction. Safe to repeat. */
export async function eraseRejections(table: StorageTable, rejections: JournaledRejection[], signal: () => AbortSignal): Promise<void> {
	for (let rest = rejections; rest.length > 0; ) {
		const day = dayOf(rest[0]?.receivedAt ?? 0);
		const end = rest.findIndex(({ receivedAt }) => dayOf(receivedAt) !== day);
		const some = rest.slice(0, Math.min(mostAtOnce, end < 0 ? rest.length : end));
		rest = rest.slice(some.length);
		const row = (rowKey: string) => ({ partitionKey: partition, rowKey });
		const deletes = some.flatMap(({ id, receivedAt, closedAt }): Action[] => [
			['delete', row(rejectedKey(id))],
			...(closedAt === undefined ? [['delete', row(ticketKey('rejected', receivedAt, id))] satisfies Action] : []),
		]);
		const counts = await addCounts(table, some[0]?.receivedAt ?? 0, { rejected: some.length }, signal());
		// One of them is gone or closed meanwhile, or someone counts: then one by one.
		if (await submit(table, [...deletes, counts], signal())) for (const one of some) await eraseRejection(table, one, signal());
	}
}
