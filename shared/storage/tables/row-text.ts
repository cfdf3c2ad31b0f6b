import type { Row, StoredRow } from './row.ts';

/** How the keys are named on the wire. */
const wireNames: Record<string, string> = { partitionKey: 'PartitionKey', rowKey: 'RowKey' };

/**
 * A row as JSON with the types that JSON has not. What has no value is left out: null, undefined, and numbers that are none (JSON writes null for them).
 * Whole numbers up to 2³¹ become Int32, all others Double: the service goes by how they are written.
 *
 * @throws {TypeError} for a value that no column can hold
 */
export function toRowText(row: Row): string {
	const columns: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(row) as [string, unknown][]) {
		const column = wireNames[name] ?? name;
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

/** How what every row has is named here. */
const ourNames: Record<string, string> = { PartitionKey: 'partitionKey', RowKey: 'rowKey', 'odata.etag': 'etag', Timestamp: 'timestamp' };

/**
 * A row from the JSON of the service, read as `@azure/data-tables` reads it: Binary is a Buffer, Int64 a bigint, DateTime a Date; every other value is as JSON
 * has it (a Double that is none is `"NaN"`). `Timestamp` stays text: the service gives no type for it. Two differences: what describes the answer (`odata.metadata`) is
 * left out, and a Guid is its text.
 *
 * @throws {SyntaxError} for an Int64 that is none
 */
export function fromRowObject(read: Record<string, unknown>): StoredRow {
	const row: Record<string, unknown> = {};
	for (const [column, value] of Object.entries(read)) {
		if (column.endsWith('@odata.type')) continue;
		const name = ourNames[column] ?? column;
		if (!name.startsWith('odata.') && name !== '__proto__') row[name] = typed(value, read[`${column}@odata.type`]);
	}
	return row as unknown as StoredRow;
}

function typed(value: unknown, type: unknown): unknown {
	if (typeof value !== 'string') return value;
	switch (type) {
		case 'Edm.Binary':
			return Buffer.from(value, 'base64');
		case 'Edm.Int64':
			return BigInt(value);
		case 'Edm.DateTime':
			return new Date(value);
		default:
			return value;
	}
}
