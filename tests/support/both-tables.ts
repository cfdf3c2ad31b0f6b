import { openLine } from '../../shared/storage/account/storage-line.ts';
import { openStorageTable } from '../../shared/storage/tables/storage-table.ts';
import { lookIntoTable } from './look-into-table.ts';

let tables = 0;

/** One table, reached by our client and by Azure's. */
export async function openBothTables(connectionString: string, { made = true } = {}) {
	const name = `both${process.pid}x${Date.now()}x${++tables}`;
	const line = openLine({ connectionString }, 'table');
	const lean = openStorageTable(line, name);
	const sdk = lookIntoTable(connectionString, name);
	if (made) await sdk.createTable();
	return { name, line, lean, sdk };
}

export type BothTables = Awaited<ReturnType<typeof openBothTables>>;
