import type { TableClient } from '@azure/data-tables';
import { UnprovenAnswer } from '../../basics/unproven-answer.ts';
import { type RawResponse, requireBody } from '../../storage/require-body.ts';
import { storageCode } from '../../storage/storage-code.ts';
import { partition } from './row-keys.ts';
import { isTableMissing } from './submit.ts';

/** What every row has besides its own columns. */
export interface RowIdentity {
	rowKey: string;
	etag: string;
}

/**
 * A row by its key; undefined when storage says that there is none, or no table yet.
 *
 * @throws {UnprovenAnswer} when what came is not that row
 */
export async function readRow<Row extends object>(
	table: TableClient,
	rowKey: string,
	signal: AbortSignal,
): Promise<(Row & RowIdentity) | undefined> {
	try {
		const onResponse = (raw: RawResponse) => requireBody(raw, (body) => body.RowKey === rowKey);
		const row = (await table.getEntity<Row>(partition, rowKey, { abortSignal: signal, onResponse })) as Row & RowIdentity;
		if (!row.etag) throw new UnprovenAnswer('storage', 'the version of the row');
		return row;
	} catch (error) {
		if (isTableMissing(error) || storageCode(error) === 'ResourceNotFound') return undefined;
		throw error;
	}
}

/**
 * Up to `most` rows of a range of keys (`to` is not included), in the order of the keys.
 *
 * @throws {UnprovenAnswer} when a page came that is no list, or has rows that were not asked for
 */
export async function readRange<Row extends object>(
	table: TableClient,
	{ from, to }: { from: string; to: string },
	{ most, select, signal }: { most: number; select?: string[]; signal: AbortSignal },
): Promise<(Row & RowIdentity)[]> {
	const rows: (Row & RowIdentity)[] = [];
	const filter = `PartitionKey eq '${partition}' and RowKey ge '${from}' and RowKey lt '${to}'`;
	const onResponse = (raw: RawResponse) => requireBody(raw, ({ value }) => Array.isArray(value));
	try {
		const pages = table
			.listEntities<Row>({ queryOptions: { filter, ...(select && { select: [...select, 'rowKey'] }) }, abortSignal: signal, onResponse })
			.byPage({ maxPageSize: Math.min(most, 1000) });
		// A page may be empty and yet not be the last.
		for await (const page of pages) {
			rows.push(...(page as unknown as (Row & RowIdentity)[]));
			if (rows.length >= most) break;
		}
	} catch (error) {
		if (!isTableMissing(error)) throw error;
	}
	if (!rows.every(({ rowKey, etag }) => rowKey >= from && rowKey < to && etag)) throw new UnprovenAnswer('storage', 'rows of the range');
	return rows.slice(0, most);
}

/** Storage says that a row is gone, or no longer what it was when it was read. */
export const isOvertaken = (error: unknown): boolean =>
	['ResourceNotFound', 'TableNotFound', 'UpdateConditionNotSatisfied'].includes(storageCode(error) ?? '');
