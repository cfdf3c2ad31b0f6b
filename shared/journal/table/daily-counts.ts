import type { TableClient, TransactionAction } from '@azure/data-tables';
import { destinationNames } from '../../delivery/destination.ts';
import type { DailyCounts, ListedLead } from '../journal.ts';
import { readRange, readRow } from './read-row.ts';
import { countsBetween, countsKey, partition } from './row-keys.ts';

/** A column each; a destination's is how many it was delivered to. */
const countNames = ['received', 'duplicates', 'tests', 'rejected', ...destinationNames] as const;

/** The day of a time, UTC. */
export const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** What one lead counts for. */
export const countsOf = ({ receipts, summary, deliveries }: ListedLead): Partial<DailyCounts> => ({
	received: 1,
	duplicates: receipts - 1,
	tests: summary.isTest ? 1 : 0,
	...Object.fromEntries(Object.entries(deliveries).map(([name, { state }]) => [name, state === 'delivered' ? 1 : 0])),
});

/** The action that adds to a day's counts. They are read first: a transaction with it fails at this row when somebody else counts at the same moment. */
export async function addCounts(
	table: TableClient,
	time: number,
	more: Partial<DailyCounts>,
	signal: AbortSignal,
): Promise<TransactionAction> {
	const row = { partitionKey: partition, rowKey: countsKey(dayOf(time)) };
	const known = await readRow<Partial<DailyCounts>>(table, row.rowKey, signal);
	const sums = Object.fromEntries(countNames.map((name) => [name, (known?.[name] ?? 0) + (more[name] ?? 0)]));
	return known ? ['update', { ...row, ...sums }, 'Merge', { etag: known.etag }] : ['create', { ...row, v: 1, ...sums }];
}

export async function readCounts(
	table: TableClient,
	{ first, last }: { first: string; last: string },
	signal: AbortSignal,
): Promise<{ day: string; counts: DailyCounts }[]> {
	const rows = await readRange<Partial<DailyCounts>>(table, countsBetween(first, last), { most: Number.MAX_SAFE_INTEGER, signal });
	return rows.map((row) => ({
		day: row.rowKey.slice(countsKey('').length),
		counts: Object.fromEntries(countNames.map((name) => [name, row[name] ?? 0])) as DailyCounts,
	}));
}
