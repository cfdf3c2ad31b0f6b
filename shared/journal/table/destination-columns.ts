import type { DestinationName } from '../../delivery/destination.ts';
import type { Action } from '../../storage/tables/row.ts';
import type { StorageTable } from '../../storage/tables/storage-table.ts';
import { namesKey, partition } from './row-keys.ts';
import { readRow } from './rows.ts';

/**
 * The column of a destination: a colon is refused in a column's name, which has to be a C# identifier, and the write of the whole lead with it.
 *
 * https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model
 */
export const columnOf = (destination: DestinationName): string => destination.replace(':', '_');

/** A destination that settings name, by its column; undefined for every other column: none of ours has such a name. */
export function destinationOf(column: string): DestinationName | undefined {
	return /^[a-z]+_[a-z][a-z\d]*$/.test(column) ? column.replace('_', ':') : undefined;
}

const isNamed = (destination: DestinationName) => destination.includes(':');

/** The names that settings have ever given: a column each of one row, so that the deliveries to a destination that no setting names any more are seen. */
export async function readNames(table: StorageTable, signal: AbortSignal): Promise<DestinationName[]> {
	const row = await readRow<Record<string, unknown>>(table, namesKey, signal);
	return Object.keys(row ?? {})
		.flatMap((column) => destinationOf(column) ?? [])
		.sort();
}

/** Keeps the names of the destinations of a transaction, in the same transaction: once for each name that this journal meets. */
export interface KeepNames {
	/** What to add to the transaction; nothing when all are kept. */
	actions: (destinations: readonly DestinationName[]) => Action[];
	/** It was committed. */
	kept: (destinations: readonly DestinationName[]) => void;
}

export function keepNames(): KeepNames {
	const known = new Set<DestinationName>();
	return {
		actions(destinations) {
			const names = destinations.filter((name) => isNamed(name) && !known.has(name));
			if (names.length === 0) return [];
			const columns = Object.fromEntries(names.map((name) => [columnOf(name), true]));
			return [['upsert', { partitionKey: partition, rowKey: namesKey, ...columns }, 'Merge']];
		},
		kept(destinations) {
			for (const name of destinations) if (isNamed(name)) known.add(name);
		},
	};
}
