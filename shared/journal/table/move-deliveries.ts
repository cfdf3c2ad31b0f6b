import type { Action } from '../../storage/tables/row.ts';
import type { StorageTable } from '../../storage/tables/storage-table.ts';
import type { JournaledLead, NewLead } from '../entries.ts';
import type { Move } from '../journal.ts';
import { toDeliveryColumn } from './columns.ts';
import { columnOf, type KeepNames } from './destination-columns.ts';
import { leadKey, partition, ticketKey, ticketOf } from './row-keys.ts';
import { submit } from './rows.ts';

interface Moves {
	lead: Pick<JournaledLead, 'leadId' | 'receivedAt' | 'etag'>;
	moves: Move[];
	decided: Pick<NewLead, 'journalOnly'> | undefined;
}

/**
 * Moves deliveries of one lead in one transaction. A delivery's ticket is its guard: who finds it gone was overtaken. A step from a delivery without a
 * ticket (a new one, an ended one) is guarded by the row's ETag instead. The lead's row is merged, never made: an erased lead stays erased.
 */
export async function moveDeliveries(
	{ table, names }: { table: StorageTable; names: KeepNames },
	{ lead, moves, decided }: Moves,
	signal: AbortSignal,
): Promise<'moved' | 'lost'> {
	const row = (rowKey: string) => ({ partitionKey: partition, rowKey });
	const gone = moves.map(({ destination, from }) => from && ticketOf(lead.leadId, destination, from));
	const come = moves.map(({ destination, to }) => ticketOf(lead.leadId, destination, to));
	const columns = Object.fromEntries(moves.map(({ destination, to }) => [columnOf(destination), toDeliveryColumn(to)]));
	const guard = gone.includes(undefined) || decided ? { etag: lead.etag } : undefined;
	const added = moves.flatMap(({ destination, from }) => (from ? [] : destination));
	const kept = new Set(gone.filter((key) => key && come.includes(key)));
	const actions: Action[] = [
		['update', { ...row(leadKey(lead.leadId)), ...columns, ...(decided && { ...decided, undecided: false }) }, 'Merge', guard],
		...gone.flatMap((key): Action[] => (key && !kept.has(key) ? [['delete', row(key)]] : [])),
		...come.flatMap((key): Action[] => (key ? [[kept.has(key) ? 'update' : 'create', row(key)] as Action] : [])),
		...(decided ? [['delete', row(ticketKey('undecided', lead.receivedAt, lead.leadId))] satisfies Action] : []),
		...names.actions(added),
	];
	if (await submit(table, actions, signal)) return 'lost';
	names.kept(added);
	return 'moved';
}
