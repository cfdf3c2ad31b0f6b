import type { StorageTable } from '../../storage/tables/storage-table.ts';
import type { RejectedPayload } from '../journal.ts';
import { partition, rejectedKey, ticketKey } from './row-keys.ts';
import { submit } from './submit.ts';

/** Issues of a hopeless payload can be many; a string property holds 32 Ki units. */
const mostIssues = 50;

/** Keeps what could not be read as a lead, until a person has looked at it. */
export async function rejectPayload(table: StorageTable, rejected: RejectedPayload, signal: AbortSignal): Promise<void> {
	const { id, receivedAt, payload, contentType = '', contentEncoding = '', status } = rejected;
	const row = {
		v: 1,
		receivedAt,
		payload,
		contentType,
		contentEncoding,
		status,
		issues: JSON.stringify(rejected.issues.slice(0, mostIssues)),
	};
	// Refused only when it is there already, by a try whose answer was lost.
	await submit(
		table,
		[
			['create', { partitionKey: partition, rowKey: rejectedKey(id), ...row }],
			['create', { partitionKey: partition, rowKey: ticketKey('rejected', receivedAt, id) }],
		],
		signal,
	);
}
