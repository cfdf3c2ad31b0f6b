import type { StoredRow } from '../../storage/tables/row.ts';
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
