import { storageCode } from '../../storage/storage-code.ts';
import type { Refusal } from '../../storage/tables/read-transaction.ts';
import type { Action } from '../../storage/tables/row.ts';
import type { StorageTable } from '../../storage/tables/storage-table.ts';

export type { Refusal };

/** One transaction, as `StorageTable.commit` tells; a missing table is made first. */
export async function submit(
	table: Pick<StorageTable, 'commit' | 'make'>,
	actions: Action[],
	signal: AbortSignal,
): Promise<Refusal | undefined> {
	try {
		return await table.commit(actions, signal);
	} catch (error) {
		if (storageCode(error) !== 'TableNotFound') throw error;
		await table.make(signal);
		return table.commit(actions, signal);
	}
}
