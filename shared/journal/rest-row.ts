import type { TableClient } from '@azure/data-tables';
import type { Rest } from '../delivery/rest.ts';
import type { DestinationName } from '../destinations/destination.ts';
import { readRow } from './read-row.ts';
import { partition, restKey } from './row-keys.ts';
import { submit } from './submit.ts';

/** A destination's rest as it was read. */
export interface JournaledRest {
	rest: Rest;
	etag: string;
}

/** Undefined when the destination has no trouble. */
export async function readRest(table: TableClient, destination: DestinationName, signal: AbortSignal): Promise<JournaledRest | undefined> {
	const row = await readRow<{ rest: string }>(table, restKey(destination), signal);
	return row && { rest: JSON.parse(row.rest) as Rest, etag: row.etag };
}

/** Writes (or, without a rest, removes) the row if it is still what was read; `lost` when somebody else was first. */
export async function writeRest(
	table: TableClient,
	destination: DestinationName,
	{ from, to }: { from: JournaledRest | undefined; to: Rest | undefined },
	signal: AbortSignal,
): Promise<'written' | 'lost'> {
	const row = { partitionKey: partition, rowKey: restKey(destination) };
	if (!from && !to) return 'written';
	if (to || !from) {
		const written = { ...row, rest: JSON.stringify(to) };
		const refusal = await submit(table, [from ? ['update', written, 'Replace', { etag: from.etag }] : ['create', written]], signal);
		return refusal ? 'lost' : 'written';
	}
	try {
		await table.deleteEntity(row.partitionKey, row.rowKey, { etag: from.etag, abortSignal: signal });
		return 'written';
	} catch (error) {
		const { statusCode } = error as { statusCode?: number };
		if (statusCode === 404 || statusCode === 412) return 'lost';
		throw error;
	}
}
