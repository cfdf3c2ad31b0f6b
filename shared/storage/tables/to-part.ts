import type { Action, RowKey } from './row.ts';
import { toRowText } from './row-text.ts';

/** An action as it is sent in a transaction. */
export interface Part extends RowKey {
	text: string;
	/** Of the text in UTF-8. */
	bytes: number;
}

const accept = 'Accept: application/json;odata=minimalmetadata\r\nDataServiceVersion: 3.0\r\n';
const withBody = `Content-Type: application/json\r\n${accept}`;

/**
 * @param table its address
 * @throws {TypeError} for what cannot be sent: a value that no column can hold, an ETag that is none
 * @throws {URIError} for a key with half a surrogate pair
 */
export function toPart(action: Action, table: string): Part {
	const [kind, row] = action;
	const text =
		kind === 'create'
			? `POST ${table} HTTP/1.1\r\n${withBody}Prefer: return-no-content\r\n\r\n${toRowText(row)}\r\n`
			: change(action, table);
	return { partitionKey: row.partitionKey, rowKey: row.rowKey, text, bytes: Buffer.byteLength(text) };
}

function change(action: Exclude<Action, ['create', ...unknown[]]>, table: string): string {
	const [kind, row] = action;
	const method = kind === 'delete' ? 'DELETE' : action[2] === 'Replace' ? 'PUT' : 'PATCH';
	const { etag = '*' } = (kind === 'delete' ? action[2] : kind === 'update' ? action[3] : undefined) ?? {};
	// Without it, a row that is not there is made.
	const match = kind === 'upsert' ? '' : `If-Match: ${requireEtag(etag)}\r\n`;
	const body = kind === 'delete' ? '' : toRowText(row);
	return `${method} ${table}${rowPath(row)} HTTP/1.1\r\n${body ? withBody : accept}${match}\r\n${body}\r\n`;
}

/** A row's place below its table, percent-encoded. */
export const rowPath = ({ partitionKey, rowKey }: RowKey) => `(PartitionKey='${inQuotes(partitionKey)}',RowKey='${inQuotes(rowKey)}')`;

const inQuotes = (key: string) => encodeURIComponent(key.replaceAll("'", "''"));

/** It goes into a line of its own: whoever could break that line could write another action. */
export function requireEtag(etag: string): string {
	if (!/^[\x21-\x7e]+$/.test(etag)) throw new TypeError('what was given as an ETag is none');
	return etag;
}
