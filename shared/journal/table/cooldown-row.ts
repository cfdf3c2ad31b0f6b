import type { Cooldown, Refused } from '../../delivery/cooldown.ts';
import type { DestinationName } from '../../delivery/destination.ts';
import type { StorageTable } from '../../storage/tables/storage-table.ts';
import type { JournaledCooldown } from '../journal.ts';
import { isTime, parseColumn } from './columns.ts';
import { cooldownKey, partition } from './row-keys.ts';
import { readRow, submit } from './rows.ts';

/** Undefined when the destination has no trouble. */
export async function readCooldown(
	table: StorageTable,
	destination: DestinationName,
	signal: AbortSignal,
): Promise<JournaledCooldown | undefined> {
	const row = await readRow<{ rest: string }>(table, cooldownKey(destination), signal);
	return row && { cooldown: fromCooldownColumn(row.rest), etag: row.etag };
}

const noRefusals: Refused = { code: '', leads: [] };

/** One that cannot be read is none, until the next outcome replaces it: that costs a call, to stop at it would cost every lead. */
function fromCooldownColumn(column: unknown): Cooldown {
	const counting = { why: 'failing' as const, code: 'unreadable', since: 0, leads: [], steps: 0 };
	const read: Cooldown = { ...counting, until: Number.NaN, ...(parseColumn(column) as object) };
	const { until, why, code, since, leads, steps, probe = '', names = [], at = 0, refused = noRefusals } = read;
	const texts = [why, code, probe, leads, names, refused?.code, refused?.leads].flat();
	const areTexts = texts.every((text) => typeof text === 'string');
	const areLists = [leads, names, refused?.leads].every(Array.isArray);
	const areTimes = [until, since, at].every(isTime);
	return areTexts && areLists && areTimes && Number.isSafeInteger(steps) ? read : { ...counting, until: 0 };
}

/** Writes (or, without a cooldown, removes) the row if it is still what was read; `lost` when someone else was first. */
export async function writeCooldown(
	table: StorageTable,
	destination: DestinationName,
	{ from, to }: { from: JournaledCooldown | undefined; to: Cooldown | undefined },
	signal: AbortSignal,
): Promise<'written' | 'lost'> {
	const row = { partitionKey: partition, rowKey: cooldownKey(destination) };
	if (!from && !to) return 'written';
	if (to || !from) {
		// The column's name is older than the word: rows of every version are read.
		const written = { ...row, rest: JSON.stringify(to) };
		const refusal = await submit(table, [from ? ['update', written, 'Replace', { etag: from.etag }] : ['create', written]], signal);
		return refusal ? 'lost' : 'written';
	}
	return (await table.remove({ ...row, etag: from.etag }, signal)) === 'removed' ? 'written' : 'lost';
}
