import type { Refusal } from '../refusal.ts';
import { checkFilter } from './check-query.ts';
import { filterLeads } from './filter-leads.ts';
import { knownRecords } from './known-records.ts';
import { noProperty } from './select-columns.ts';

type Found = { ok: true; value: Record<string, unknown>[] } | { ok: false; refusal: Refusal };

/** `GET <entity set>?$select=…&$filter=…&$top=…`; the primary key is always there, as with Dataverse. */
export function findKnownRecords(set: string, query: Record<string, string>): Found {
	const { table = '', records = {} } = knownRecords[set] ?? {};
	const key = `${table}id`;
	const rows: Record<string, unknown>[] = Object.entries(records).map(([id, columns]) => ({ ...columns, [key]: id }));
	const columns = Object.keys(rows[0] ?? {});
	const selected = query.$select?.split(',') ?? columns;
	const unknown = selected.find((name) => !columns.includes(name));
	const refusal = unknown === undefined ? checkFilter(query.$filter, columns, table) : noProperty(unknown, table);
	if (refusal) return { ok: false, refusal };
	const filter = filterLeads(query.$filter);
	if (!filter.ok) return filter;
	const top = rows.filter(filter.matches).slice(0, Number(query.$top ?? '5000'));
	return { ok: true, value: top.map((row) => Object.fromEntries([...new Set([...selected, key])].map((name) => [name, row[name]]))) };
}
