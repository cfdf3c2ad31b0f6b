import { randomUUID } from 'node:crypto';
import { UnprovenAnswer } from '../../basics/failures.ts';
import { readRefusal } from '../account/storage-error.ts';
import type { StorageAnswer, StorageCall, StorageLine } from '../account/storage-line.ts';
import { type Refusal, readTransaction } from './read-transaction.ts';
import type { Action, RowKey, StoredRow } from './row.ts';
import { fromRowObject } from './row-text.ts';
import { type Part, requireEtag, rowPath, toPart } from './to-part.ts';

/** Rows of one partition between two keys: `from` is included, `to` is not. */
export interface Range {
	partitionKey: string;
	from: string;
	to: string;
}

/** A table of a storage account. Every call ends with `signal`, and is one request: none is repeated. */
export interface StorageTable {
	/** Of the account's tables. */
	readonly url: string;
	/**
	 * One transaction: all or nothing, of at most 100 rows of one partition, each once, and 4 MiB. `undefined` when it was committed. What is thrown leaves it
	 * open, unless it is a `StorageError` with a code of storage: then nothing was done.
	 */
	commit(actions: Action[], signal: AbortSignal): Promise<Refusal | undefined>;
	/** Undefined when there is no such row, or no table yet. */
	read<Columns extends object>(key: RowKey, signal: AbortSignal): Promise<(Columns & StoredRow) | undefined>;
	/** Up to `most` rows, in the order of their keys; none when there is no table yet. `select` names the columns, and leaves out all but the row's key. */
	readRange<Columns extends object>(
		range: Range,
		options: { most: number; select?: string[] },
		signal: AbortSignal,
	): Promise<(Columns & StoredRow)[]>;
	/** Removes a row if it is still what was read. */
	remove(key: RowKey & { etag: string }, signal: AbortSignal): Promise<'removed' | Exclude<Refusal['why'], 'exists'>>;
	/** Makes the table. */
	make(signal: AbortSignal): Promise<'was made' | 'was there'>;
}

const json = 'application/json;odata=minimalmetadata';
const mostRowsOfPage = 1000;
/** A table whose transactions can be put together before they are sent. */
export interface OpenTable extends StorageTable {
	/** The parts of a transaction. */
	prepare(actions: Action[]): Part[];
	/** One transaction of these parts. */
	send(parts: Part[], signal: AbortSignal): Promise<Refusal | undefined>;
}

/** Of answers: a row of 1 MiB in base64, a page of them as far as our payloads go, a part of 500 bytes for each row. */
const mostBytes = { row: 4 << 20, page: 128 << 20, transaction: 1 << 20, status: 64 << 10 };

/** @param name letters and digits, as Azure demands */
export function openStorageTable(line: StorageLine, name: string): OpenTable {
	const headers = { accept: json, dataserviceversion: '3.0' };
	const ask = (call: StorageCall, signal: AbortSignal) => line.ask({ ...call, headers: { ...headers, ...call.headers } }, signal);
	const withBody = { 'content-type': 'application/json' };
	const address = `${line.url}/${name}`;

	const table: OpenTable = {
		url: line.url,
		commit: async (actions, signal) => table.send(table.prepare(actions), signal),
		prepare: (actions) => actions.map((action) => toPart(action, address)),
		async send(parts, signal) {
			// Not to be guessed: whoever knew it could end a part in a text of theirs.
			const id = randomUUID();
			const type = `multipart/mixed; boundary=batch_${id}`;
			const body = toBody(parts, id);
			const call: StorageCall = {
				method: 'POST',
				path: '/$batch',
				headers: { 'content-type': type },
				body,
				mostBytes: mostBytes.transaction,
			};
			return readTransaction(await ask(call, signal), parts.length);
		},
		async read<Columns extends object>(key: RowKey, signal: AbortSignal) {
			const answer = await ask({ method: 'GET', path: `/${name}${rowPath(key)}`, mostBytes: mostBytes.row }, signal);
			if (answer.status !== 200) return missing(answer, ['ResourceNotFound', 'TableNotFound']);
			const read = toObject(answer);
			if (read?.PartitionKey !== key.partitionKey || read.RowKey !== key.rowKey) throw new UnprovenAnswer('storage', 'what was asked for');
			if (typeof read['odata.etag'] !== 'string') throw new UnprovenAnswer('storage', 'the version of the row');
			return toRow(read) as Columns & StoredRow;
		},
		async readRange<Columns extends object>(range: Range, { most, select }: { most: number; select?: string[] }, signal: AbortSignal) {
			const rows: StoredRow[] = [];
			let after = '';
			// None is what a question for none would bring; `$top=0` is no question that storage takes.
			if (most <= 0) return [];
			do {
				const query = `$top=${Math.min(most - rows.length, mostRowsOfPage)}&${toQuery(range, select)}${after}`;
				const answer = await ask({ method: 'GET', path: `/${name}()`, query, mostBytes: mostBytes.page }, signal);
				if (answer.status !== 200) return missing(answer, ['TableNotFound']) ?? [];
				rows.push(...readPage(answer, range));
				// A page may be empty and yet not be the last.
				after = continuation(answer);
			} while (after && rows.length < most);
			return rows.slice(0, most) as (Columns & StoredRow)[];
		},
		async remove({ etag, ...key }, signal) {
			const headers = { 'if-match': requireEtag(etag) };
			const answer = await ask({ method: 'DELETE', path: `/${name}${rowPath(key)}`, headers, mostBytes: mostBytes.status }, signal);
			if (answer.status === 204) return 'removed';
			const refusal = refusalOf(answer);
			if (refusal.code === 'ResourceNotFound' || refusal.code === 'TableNotFound') return 'gone';
			if (refusal.code === 'UpdateConditionNotSatisfied') return 'changed';
			throw refusal;
		},
		async make(signal) {
			const body = JSON.stringify({ TableName: name });
			const answer = await ask(
				{ method: 'POST', path: '/Tables', headers: { ...withBody, prefer: 'return-no-content' }, body, mostBytes: mostBytes.status },
				signal,
			);
			if (answer.status === 204 || (answer.status === 201 && toObject(answer)?.TableName === name)) return 'was made';
			const refusal = refusalOf(answer);
			if (refusal.code === 'TableAlreadyExists') return 'was there';
			throw refusal;
		},
	};
	return table;
}

function toBody(parts: Part[], id: string): string {
	const head = `--changeset_${id}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n`;
	let body = `--batch_${id}\r\nContent-Type: multipart/mixed; boundary=changeset_${id}\r\n\r\n`;
	for (const { text } of parts) body += head + text;
	return `${body}--changeset_${id}--\r\n--batch_${id}--\r\n`;
}

/** `undefined` when storage says, by one of these codes, that it is not there. */
function missing(answer: StorageAnswer, codes: string[]): undefined {
	const refusal = refusalOf(answer);
	if (!codes.includes(refusal.code ?? '')) throw refusal;
}

/** @throws {UnprovenAnswer} when it has the status of a success, but not of the one that was to come */
function refusalOf(answer: StorageAnswer) {
	if (answer.status >= 200 && answer.status < 300) throw new UnprovenAnswer('storage', 'what was asked for');
	return readRefusal(answer);
}

function toObject({ text }: StorageAnswer): Record<string, unknown> | undefined {
	try {
		const read: unknown = JSON.parse(text);
		return read !== null && typeof read === 'object' ? (read as Record<string, unknown>) : undefined;
	} catch {
		return undefined; // empty, a page, or cut off
	}
}

/** @throws {UnprovenAnswer} for a value that is not of the type that is told */
function toRow(read: unknown): StoredRow {
	try {
		return fromRowObject({ ...(read as object) });
	} catch {
		throw new UnprovenAnswer('storage', 'what was asked for');
	}
}

function readPage(answer: StorageAnswer, { from, to }: Range): StoredRow[] {
	const value = toObject(answer)?.value;
	if (!Array.isArray(value)) throw new UnprovenAnswer('storage', 'what was asked for');
	const rows = value.map(toRow);
	if (!rows.every(({ rowKey, etag }) => rowKey >= from && rowKey < to && typeof etag === 'string'))
		throw new UnprovenAnswer('storage', 'rows of the range');
	return rows;
}

function toQuery({ partitionKey, from, to }: Range, select: string[] | undefined): string {
	const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
	const filter = `PartitionKey eq ${quoted(partitionKey)} and RowKey ge ${quoted(from)} and RowKey lt ${quoted(to)}`;
	return `$filter=${encodeURIComponent(filter)}${select ? `&$select=${encodeURIComponent([...select, 'RowKey'].join(','))}` : ''}`;
}

/** Where the next page begins. */
function continuation({ headers }: StorageAnswer): string {
	return ['NextPartitionKey', 'NextRowKey']
		.flatMap(
			(name) =>
				headers.get(`x-ms-continuation-${name.toLowerCase()}`)?.replace(/^.*$/s, (value) => `&${name}=${encodeURIComponent(value)}`) ?? [],
		)
		.join('');
}
