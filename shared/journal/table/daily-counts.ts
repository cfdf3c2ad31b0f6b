import type { Action } from '../../storage/tables/row.ts';
import type { StorageTable } from '../../storage/tables/storage-table.ts';
import type { ListedLead } from '../entries.ts';
import type { CountedUnder, DailyCounts } from '../journal.ts';
import { columnOf, destinationOf } from './destination-columns.ts';
import { addFacets } from './facet-counts.ts';
import { countsBetween, countsKey, notKeptBetween, partition } from './row-keys.ts';
import { readRange, readRow } from './rows.ts';

/** A column each; every other column with a number is a destination's: how many it was delivered to. */
const countNames = ['received', 'duplicates', 'tests', 'rejected'];

const destinationsIn = (counts: object) =>
	Object.entries(counts).flatMap(([name, count]) => (typeof count === 'number' && name !== 'v' ? [name] : []));

/** The day of a time, UTC. */
export const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** What one lead counts for, by column. */
export const countsOf = ({ receipts, summary, deliveries }: ListedLead): Partial<DailyCounts> => ({
	received: 1,
	duplicates: receipts - 1,
	tests: summary.isTest ? 1 : 0,
	...Object.fromEntries(Object.entries(deliveries).map(([name, { state }]) => [columnOf(name), state === 'delivered' ? 1 : 0])),
});

/** What is added to a day's counts. */
interface More {
	counts: Partial<DailyCounts>;
	/** What one lead of them is counted under. */
	under?: CountedUnder | undefined;
}

/** The action that adds to a day's counts. They are read first: a transaction with it fails at this row when someone else counts at the same moment. */
export async function addCounts(table: StorageTable, time: number, { counts, under = {} }: More, signal: AbortSignal): Promise<Action> {
	const row = { partitionKey: partition, rowKey: countsKey(dayOf(time)) };
	const known = await readRow<Partial<DailyCounts>>(table, row.rowKey, signal);
	const names = new Set([...countNames, ...destinationsIn(known ?? {}), ...destinationsIn(counts)]);
	const sums = {
		...Object.fromEntries([...names].map((name) => [name, (known?.[name] ?? 0) + (counts[name] ?? 0)])),
		...(Object.keys(under).length > 0 && addFacets(known as { facets?: unknown } | undefined, under)),
	};
	return known ? ['update', { ...row, ...sums }, 'Merge', { etag: known.etag }] : ['create', { ...row, v: 1, ...sums }];
}

export async function readCounts(
	table: StorageTable,
	{ first, last }: { first: string; last: string },
	signal: AbortSignal,
): Promise<{ day: string; counts: DailyCounts }[]> {
	const all = { most: Number.MAX_SAFE_INTEGER, signal };
	const erased = await readRange<Partial<DailyCounts>>(table, countsBetween(first, last), all);
	const notKept = await readRange<{ notKept: number }>(table, notKeptBetween(first, last), all);
	const days = new Map<string, DailyCounts>();
	const dayOfRow = (rowKey: string) => {
		const day = rowKey.split('|')[1] ?? '';
		const counts = days.get(day) ?? (Object.fromEntries([...countNames, 'rejectedNotKept'].map((name) => [name, 0])) as DailyCounts);
		days.set(day, counts);
		return counts;
	};
	for (const row of erased)
		for (const name of new Set([...countNames, ...destinationsIn(row)])) {
			const counts = dayOfRow(row.rowKey);
			const counted = destinationOf(name) ?? name;
			counts[counted] = (counts[counted] ?? 0) + (row[name] ?? 0);
		}
	for (const row of notKept) {
		const counts = dayOfRow(row.rowKey);
		counts.rejectedNotKept = (counts.rejectedNotKept ?? 0) + row.notKept;
	}
	return [...days].sort(([one], [other]) => (one < other ? -1 : 1)).map(([day, counts]) => ({ day, counts }));
}
