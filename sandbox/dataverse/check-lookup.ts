import type { Refusal } from '../refusal.ts';
import type { Column } from './column.ts';
import { knownRecords } from './known-records.ts';
import { payloadRefusal } from './payload-refusal.ts';

type Reading = { ok: true; name: string; id: string } | { ok: false; refusal: Refusal };
const no = (refusal: Refusal): Reading => ({ ok: false, refusal });
const missing = (code: string, message: string) => no({ status: 404, code, message });

/** Reads `"<navigation property>@odata.bind": "/teams(<guid>)"`; the navigation property is case-sensitive. */
export function readLookup(property: string, value: unknown, columns: Column[]): Reading {
	const column = columns.find((known) => known.kind === 'Lookup' && (known.navigation ?? known.name) === property);
	if (column?.kind !== 'Lookup') {
		const why = `An undeclared property '${property}' which only has property annotations in the payload but no property value was found in the payload. In OData, only declared navigation properties and declared named streams can be represented as properties without values.`;
		return no(payloadRefusal(why));
	}
	const { name } = column;
	const [, set = '', key = ''] = /^(?:https?:\/\/[^/]+\/api\/data\/v9\.\d)?\/?(\w+)\(([^()]+)\)$/.exec(String(value)) ?? [];
	const known = knownRecords[set];
	if (!known) return no(payloadRefusal(`Resource not found for the segment '${set || value}'.`));
	if (!column.targets.includes(set)) {
		return no(payloadRefusal(`A resource of the type '${known.table}' cannot be bound to the navigation property '${property}'.`));
	}
	if (key.includes('=')) return missing('0x80060891', `A record with the specified key values does not exist in ${known.table} entity`);
	const id = key.toLowerCase();
	return known.records[id] === undefined ? missing('0x80040217', `${known.table} With Id = ${id} Does Not Exist`) : { ok: true, name, id };
}
