import type { Row } from './row.ts';

/** How the keys are named on the wire. */
const names: Record<string, string> = { partitionKey: 'PartitionKey', rowKey: 'RowKey' };

/**
 * A row as JSON with the types that JSON has not. What has no value is left out: null, undefined, and numbers that are none (JSON writes null for them).
 * Whole numbers up to 2³¹ become Int32, all others Double: the service goes by how they are written.
 *
 * @throws {TypeError} for a value that no column can hold
 */
export function toRowText(row: Row): string {
	const columns: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(row) as [string, unknown][]) {
		const column = names[name] ?? name;
		switch (typeof value) {
			case 'string':
			case 'boolean':
				columns[column] = value;
				break;
			case 'number':
				if (Number.isFinite(value)) columns[column] = value;
				break;
			case 'bigint':
				columns[column] = String(value);
				columns[`${column}@odata.type`] = 'Edm.Int64';
				break;
			case 'undefined':
				break;
			default:
				if (value === null) break;
				if (value instanceof Uint8Array) {
					columns[column] = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
					columns[`${column}@odata.type`] = 'Edm.Binary';
				} else if (value instanceof Date) {
					columns[column] = value.toISOString();
					columns[`${column}@odata.type`] = 'Edm.DateTime';
				} else throw new TypeError(`no column can hold what ${name} is`);
		}
	}
	return JSON.stringify(columns);
}
