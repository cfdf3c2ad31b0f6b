import type { Refusal } from '../refusal.ts';
import { readLookup } from './check-lookup.ts';
import { checkValue } from './check-value.ts';
import type { Column } from './column.ts';
import { payloadRefusal, valueRefusal } from './payload-refusal.ts';

/** Values by column; lookups as `_<name>_value`, as a GET shows them. */
export type RecordValues = Record<string, unknown>;
type Reading = { ok: true; values: RecordValues } | { ok: false; refusal: Refusal };
const no = (refusal: Refusal): Reading => ({ ok: false, refusal });

const bind = '@odata.bind';
const toSeconds = (time: string) => `${new Date(time).toISOString().slice(0, 19)}Z`;

/** Reads the payload of a create or an update: what a client may say is kept, what only the system says is ignored, the rest is refused. */
export function readRecord(payload: Record<string, unknown>, use: 'create' | 'update', columns: Column[]): Reading {
	const values: RecordValues = {};
	for (const [name, value] of Object.entries(payload)) {
		if (name.endsWith(bind)) {
			const property = name.slice(0, -bind.length);
			const lookup = readLookup(property, value, columns);
			if (!lookup.ok) return lookup;
			values[`_${lookup.name}_value`] = lookup.id;
			continue;
		}
		if (name.includes('@')) continue; // an annotation
		const column = columns.find((known) => known.name === name || (known.kind === 'Lookup' && `_${known.name}_value` === name));
		if (!column) return no(unknownProperty(name));
		const refusal = checkValue(column, value);
		if (refusal) return no(refusal);
		if (column.readOnly || (column.createOnly && use === 'update') || column.name === 'leadid') continue;
		values[name] = column.kind === 'DateTime' && typeof value === 'string' ? toSeconds(value) : value;
	}
	const refusal = checkStatus(values, columns);
	return refusal ? no(refusal) : { ok: true, values };
}

const unknownProperty = (name: string) =>
	payloadRefusal(
		`Invalid property '${name}' was found in entity 'Microsoft.Dynamics.CRM.lead'. ---> Microsoft.OData.ODataException: The property '${name}' does not exist on type 'Microsoft.Dynamics.CRM.lead'. Make sure to only use property names that are defined by the type.`,
	);

/** A status reason must belong to its state. */
function checkStatus({ statecode = 0, statuscode }: RecordValues, columns: Column[]): Refusal | undefined {
	const status = columns.find(({ kind }) => kind === 'Status');
	if (status?.kind !== 'Status' || statuscode === undefined || statuscode === null) return undefined;
	const choice = status.choices.find(({ value }) => value === statuscode);
	if (choice?.state === statecode) return undefined;
	return valueRefusal('0x80048408', `${statuscode} is not a valid status code for state code ${statecode} on lead.`);
}
