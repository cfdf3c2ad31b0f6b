import { lost, whileLost } from '../../basics/while-lost.ts';
import type { Action } from '../../storage/tables/row.ts';
import type { StorageTable } from '../../storage/tables/storage-table.ts';
import type { Closing, JournaledRejection } from '../entries.ts';
import { addCounts, dayOf } from './daily-counts.ts';
import { partition, rejectedKey, ticketKey } from './row-keys.ts';
import { submit } from './rows.ts';

/** The ticket of a rejected payload goes: no one is alerted to it any more. The row stays, marked, until it is erased. */
export async function closeRejection(
	table: StorageTable,
	{ id, receivedAt }: JournaledRejection,
	closing: Closing,
	signal: AbortSignal,
): Promise<'closed' | 'lost'> {
	const row = (rowKey: string) => ({ partitionKey: partition, rowKey });
	const refusal = await submit(
		table,
		[
			['update', { ...row(rejectedKey(id)), ...closing }, 'Merge'],
			['delete', row(ticketKey('rejected', receivedAt, id))],
		],
		signal,
	);
	return refusal ? 'lost' : 'closed';
}

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
		const counts = await addCounts(table, some[0]?.receivedAt ?? 0, { counts: { rejected: some.length } }, signal());
		// One of them is gone or closed meanwhile, or someone counts: then one by one.
		if (await submit(table, [...deletes, counts], signal())) for (const one of some) await eraseRejection(table, one, signal());
	}
}

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
		const counts = await addCounts(table, receivedAt, { counts: { rejected: 1 } }, signal);
		const refusal = await submit(table, [...keys.map((key): Action => ['delete', row(key)]), counts], signal);
		// The row went by someone else's hand, who has counted it.
		if (!refusal || refusal.row === 0) return undefined;
		if (refusal.row < keys.length) keys = keys.slice(0, 1);
		return lost;
	});
}
