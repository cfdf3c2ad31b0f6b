import type { Refusal } from '../../../shared/storage/tables/read-transaction.ts';
import type { Action, RowKey, StoredRow } from '../../../shared/storage/tables/row.ts';
import type { StorageTable } from '../../../shared/storage/tables/storage-table.ts';

/** A table of one partition that answers at once, as far as the journal asks for it; the real ones have tests of their own. */
export function createTableInMemory(): StorageTable {
	const rows = new Map<string, StoredRow>();
	let version = 0;

	/** All of a transaction or nothing; undefined is a row that is gone. */
	function apply(actions: Action[]): Refusal | undefined {
		const changed = new Map<string, StoredRow | undefined>();
		for (const [row, [kind, columns, mode, options]] of (actions as [string, RowKey, string?, { etag?: string }?][]).entries()) {
			const { rowKey } = columns;
			const old = changed.has(rowKey) ? changed.get(rowKey) : rows.get(rowKey);
			if (kind === 'create' && old) return { row, why: 'exists' };
			if ((kind === 'update' || kind === 'delete') && !old) return { row, why: 'gone' };
			if (options?.etag && options.etag !== old?.etag) return { row, why: 'changed' };
			const written = { ...(mode === 'Replace' ? {} : old), ...columns, etag: `"${++version}"` };
			changed.set(rowKey, kind === 'delete' ? undefined : written);
		}
		for (const [rowKey, row] of changed)
			if (row) rows.set(rowKey, row);
			else rows.delete(rowKey);
		return undefined;
	}

	return {
		url: 'https://contoso.table.core.windows.net',
		commit: async (actions) => apply(actions),
		async read<Columns extends object>({ rowKey }: RowKey) {
			const row = rows.get(rowKey);
			return row && ({ ...row } as Columns & StoredRow);
		},
		async readRange<Columns extends object>({ from, to }: { from: string; to: string }, { most }: { most: number }) {
			const inRange = [...rows.keys()].filter((key) => key >= from && key < to).sort();
			return inRange.slice(0, most).map((key) => ({ ...rows.get(key) }) as Columns & StoredRow);
		},
		async remove({ rowKey, etag }) {
			const row = rows.get(rowKey);
			if (!row) return 'gone';
			if (etag !== row.etag) return 'changed';
			rows.delete(rowKey);
			return 'removed';
		},
		make: async () => 'was there',
	};
}
