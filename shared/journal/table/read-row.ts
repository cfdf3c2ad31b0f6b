import type { TableClient } from '@azure/data-tables';
import { partition } from './row-keys.ts';
import { isTableMissing } from './submit.ts';

/** What every row has besides its own columns. */
export interface RowIdentity {
	rowKey: string;
	etag: string;
}

/** A row by its key; undefined when there is none, or no table yet. */
export async function readRow<Row extends object>(
	table: TableClient,
	rowKey: string,
	signal: AbortSignal,
): Promise<(Row & RowIdentity) | undefined> {
	try {
		return (await table.getEntity<Row>(partition, rowKey, { abortSignal: signal })) as Row & RowIdentity;
	} catch (error) {
		if ((error as { statusCode?: number }).statusCode === 404) return undefined;
		throw error;
	}
}

/** Up to `most` rows of a range of keys (`to` is not included), in the order of the keys. */
export async function readRange<Row extends object>(
	table: TableClient,
	{ from, to }: { from: string; to: string },
	{ most, select, signal }: { most: number; select?: string[]; signal: AbortSignal },
): Promise<(Row & RowIdentity)[]> {
	const rows: (Row & RowIdentity)[] = [];
	const filter = `PartitionKey eq '${partition}' and RowKey ge '${from}' and RowKey lt '${to}'`;
	try {
		const pages = table
			.listEntities<Row>({ queryOptions: { filter, ...(select && { select: [...select, 'rowKey'] }) }, abortSignal: signal })
			.byPage({ maxPageSize: Math.min(most, 1000) });
		// A page may be empty and yet not be the last.
		for await (const page of pages) {
			rows.push(...(page as unknown as (Row & RowIdentity)[]));
			if (rows.length >= most) break;
		}
	} catch (error) {
		if (!isTableMissing(error)) throw error;
	}
	return rows.slice(0, most);
}
