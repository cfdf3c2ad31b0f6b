import type { StorageTable } from '../../storage/tables/storage-table.ts';
import { isTime } from './is-time.ts';
import { readRow } from './read-row.ts';
import { beginningKey, partition } from './row-keys.ts';
import { submit } from './submit.ts';

/**
 * When the journal began, in milliseconds since the epoch: the time of the first question, which is kept. One that cannot be read counts as now, so that
 * nothing is complained about too early.
 */
export async function readBeginning(table: StorageTable, now: number, signal: AbortSignal): Promise<number> {
	const read = async () => (await readRow<{ beganAt: unknown }>(table, beginningKey, signal))?.beganAt;
	const toTime = (value: unknown) => (isTime(value) ? value : now);
	const known = await read();
	if (known !== undefined) return toTime(known);
	const refusal = await submit(table, [['create', { partitionKey: partition, rowKey: beginningKey, beganAt: now }]], signal);
	// Another instance was first.
	return refusal ? toTime(await read()) : now;
}
