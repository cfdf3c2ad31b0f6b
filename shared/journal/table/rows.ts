import { storageCode } from '../../storage/account/storage-error.ts';
import type { Refusal } from '../../storage/tables/read-transaction.ts';
import type { Action, StoredRow } from '../../storage/tables/row.ts';
import type { StorageTable } from '../../storage/tables/storage-table.ts';
import { partition } from './row-keys.ts';

/** What every row has besides its own columns. */
export type RowIdentity = Pick<StoredRow, 'rowKey' | 'etag'>;

/**
 * A row by its key; undefined when storage says that there is none, or no table yet.
 *
 * @throws {UnprovenAnswer} when what came is not that row
 */
export const readRow = <Row extends object>(
	table: StorageTable,
	rowKey: string,
	signal: AbortSignal,
): Promise<(Row & RowIdentity) | undefined> => table.read<Row>({ partitionKey: partition, rowKey }, signal);

/**
 * Up to `most` rows of a range of keys (`to` is not included), in the order of the keys.
 *
 * @throws {UnprovenAnswer} when a page came that is not a list, or has rows that were not asked for
 */
export const readRange = <Row extends object>(
	table: StorageTable,
	{ from, to }: { from: string; to: string },
	{ signal, ...options }: { most: number; select?: string[]; signal: AbortSignal },
): Promise<(Row & RowIdentity)[]> => table.readRange<Row>({ partitionKey: partition, from, to }, options, signal);

export type { Refusal };

/** One transaction, as `StorageTable.commit` tells; a missing table is made first. */
export async function submit(
	table: Pick<StorageTable, 'commit' | 'make'>,
	actions: Action[],
	signal: AbortSignal,
): Promise<Refusal | undefined> {
	try {
		return await table.commit(actions, signal);
	} catch (error) {
		if (storageCode(error) !== 'TableNotFound') throw error;
		await table.make(signal);
		return table.commit(actions, signal);
	}
}
