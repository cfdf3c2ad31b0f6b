import type { DestinationName } from '../../delivery/destination.ts';
import { timeOfLeadId } from '../../lead/lead-id.ts';
import type { Deliveries, JournaledLead, NewLead } from '../entries.ts';
import { fromDeliveryColumn, fromSummaryColumn, isTime, toDeliveryColumn } from './columns.ts';
import { columnOf, destinationOf } from './destination-columns.ts';
import type { RowIdentity } from './rows.ts';

/** A lead's row. Each destination has a column of its own (JSON), so that two workers on two destinations never meet. */
export interface LeadRow {
	/** Version of the row. Members that a reader does not know are left as they are: every later write is a merge. */
	v: number;
	receivedAt: number;
	contentId: string;
	payload: Uint8Array;
	contentType: string;
	summary: string;
	receipts: number;
	undecided: boolean;
	journalOnly: string;
	/** Hash of the e-mail address, for the person index. */
	person: string;
	/** When the latest duplicate came; absent when none did. */
	latestReceiptAt?: number;
	/** When it was read from a file; absent when it was posted. */
	importedAt?: number;
	/** The lead was erased: nothing but ids and times is left, until its dedupe window has ended. */
	erasedAt?: number;
	/** A destination's delivery. */
	[destination: DestinationName]: unknown;
}

/** The columns of a lead without its payload and its deliveries. */
export const listedColumns: readonly string[] = [
	'receivedAt',
	'contentId',
	'contentType',
	'summary',
	'receipts',
	'undecided',
	'journalOnly',
	'person',
	'latestReceiptAt',
	'importedAt',
	'erasedAt',
] satisfies (keyof LeadRow)[];

export const isErased = ({ erasedAt }: Pick<LeadRow, 'erasedAt'>) => erasedAt !== undefined;

export function toLeadRow(lead: NewLead): LeadRow {
	const columns = Object.entries(lead.deliveries).map(([name, delivery]) => [columnOf(name), toDeliveryColumn(delivery)]);
	return {
		v: 1,
		receivedAt: lead.receivedAt,
		contentId: lead.contentId,
		payload: lead.payload,
		contentType: lead.contentType ?? '',
		summary: JSON.stringify(lead.summary),
		receipts: 1,
		undecided: lead.undecided,
		journalOnly: lead.journalOnly ?? '',
		person: lead.person ?? '',
		...(lead.importedAt !== undefined && { importedAt: lead.importedAt }),
		...Object.fromEntries(columns),
	};
}

/**
 * Reads a row of any version: what is missing, or of a form that we do not know, has a harmless value. Deliveries to destinations that settings have named
 * once are read too, whether or not they still do.
 */
export function fromLeadRow(row: Partial<LeadRow> & RowIdentity, destinations: readonly DestinationName[]): JournaledLead {
	const leadId = row.rowKey.slice(row.rowKey.lastIndexOf('|') + 1);
	const receivedAt = isTime(row.receivedAt) ? row.receivedAt : timeOfLeadId(leadId);
	const deliveries: Deliveries = {};
	const named = Object.keys(row).flatMap((column) => destinationOf(column) ?? []);
	for (const name of new Set([...destinations, ...named.sort()])) {
		const column = row[columnOf(name)];
		if (column) deliveries[name] = fromDeliveryColumn(column, receivedAt);
	}
	return {
		leadId,
		receivedAt,
		contentId: row.contentId ?? '',
		payload: row.payload ?? new Uint8Array(),
		...(row.contentType && { contentType: row.contentType }),
		summary: fromSummaryColumn(row.summary),
		receipts: row.receipts ?? 1,
		deliveries,
		undecided: row.undecided ?? false,
		...(row.journalOnly && { journalOnly: row.journalOnly }),
		...(row.person && { person: row.person }),
		...(row.latestReceiptAt && { latestReceiptAt: row.latestReceiptAt }),
		...(isTime(row.importedAt) && { importedAt: row.importedAt }),
		etag: row.etag,
	};
}
