import type { Issue } from '../../lead/lead.ts';
import { timeOfLeadId } from '../../lead/lead-id.ts';
import type { StorageTable } from '../../storage/tables/storage-table.ts';
import type { JournaledRejection, RefusedStatus } from '../entries.ts';
import type { Page, Span } from '../journal.ts';
import { parseColumn } from './columns.ts';
import { rejectedKey, rejectionsBetween } from './row-keys.ts';
import { type RowIdentity, readRange, readRow } from './rows.ts';

interface RejectionRow {
	receivedAt: number;
	payload: Uint8Array;
	contentType: string;
	/** Absent in rows of older versions. */
	contentEncoding?: string;
	status: number;
	/** JSON. */
	issues: string;
	closedAt?: number;
	closedBy?: string;
	closedNote?: string;
}

/** Read as they are; absent when they are empty. */
const plainColumns = ['contentType', 'contentEncoding', 'closedAt', 'closedBy', 'closedNote'] as const;
const listedColumns = ['receivedAt', 'status', 'issues', ...plainColumns] satisfies (keyof RejectionRow)[];

const refusedStatuses: RefusedStatus[] = [400, 408, 413, 415];

function fromRejectionRow(read: Partial<RejectionRow> & RowIdentity): JournaledRejection {
	const id = read.rowKey.slice(read.rowKey.lastIndexOf('|') + 1);
	return {
		id,
		receivedAt: read.receivedAt ?? timeOfLeadId(id),
		status: refusedStatuses.find((status) => status === read.status) ?? 400,
		issues: fromIssuesColumn(read.issues),
		...Object.fromEntries((['payload', ...plainColumns] as const).flatMap((name) => (read[name] ? [[name, read[name]]] : []))),
	};
}

/** What can be read of it: the issues only explain. */
function fromIssuesColumn(column: unknown): Issue[] {
	const read = parseColumn(column);
	return Array.isArray(read) ? read.filter((issue) => typeof issue?.pointer === 'string' && typeof issue.detail === 'string') : [];
}

export async function findRejection(table: StorageTable, id: string, signal: AbortSignal): Promise<JournaledRejection | undefined> {
	const read = await readRow<RejectionRow>(table, rejectedKey(id), signal);
	return read && fromRejectionRow(read);
}

/** One page of rejected payloads, newest first. */
export async function listRejections(
	table: StorageTable,
	span: Span,
	{ most, payloads = false }: { most: number; payloads?: boolean },
	signal: AbortSignal,
): Promise<Page<JournaledRejection>> {
	const read = Math.min(most, 1000);
	const select = payloads ? [...listedColumns, 'payload'] : listedColumns;
	const rows = await readRange<RejectionRow>(table, rejectionsBetween(span), { most: read, select, signal });
	const items = rows.map(fromRejectionRow);
	const next = rows.length < read ? undefined : items.at(-1)?.id;
	return { items, ...(next && { next }) };
}
