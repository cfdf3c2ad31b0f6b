import type { StoredRow } from './row.ts';

/** How what every row has is named here. */
const names: Record<string, string> = { PartitionKey: 'partitionKey', RowKey: 'rowKey', 'odata.etag': 'etag', Timestamp: 'timestamp' };

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
		const name = names[column] ?? column;
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
