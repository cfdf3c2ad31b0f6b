import type { Column } from '../dataverse/column.ts';
import { knownName } from '../dataverse/known-records.ts';
import type { LeadRow } from '../dataverse/lead-table.ts';
import type { LeadDetail, LeadSummary } from './page-data.ts';

/** A lead as the list shows it, and as it is searched. */
export const toLeadSummary = ({
	leadid,
	subject,
	fullname,
	companyname,
	emailaddress1,
	telephone1,
	address1_country,
	createdon,
}: LeadRow) => ({ leadid, subject, fullname, companyname, emailaddress1, telephone1, address1_country, createdon }) as LeadSummary;

/** A lead with every column that has a value, in the table's order, in words. */
export const toLeadDetail = (row: LeadRow, columns: Column[]): LeadDetail => ({
	leadid: row.leadid,
	fields: columns.flatMap((column) => {
		const value = row[column.kind === 'Lookup' ? `_${column.name}_value` : column.name];
		return value === undefined ? [] : [{ name: column.name, label: column.label, kind: column.kind, text: toText(column, value) }];
	}),
});

function toText(column: Column, value: unknown): string {
	switch (column.kind) {
		case 'Picklist':
		case 'State':
		case 'Status':
			return column.choices.find((choice) => choice.value === value)?.label ?? String(value);
		case 'Boolean':
			return value ? 'Yes' : 'No';
		case 'Lookup':
			return knownName(String(value)) ?? String(value);
		case 'String':
		case 'Memo':
		case 'Integer':
		case 'Decimal':
		case 'Double':
		case 'Money':
		case 'DateTime':
		case 'Uniqueidentifier':
			return String(value);
	}
}
