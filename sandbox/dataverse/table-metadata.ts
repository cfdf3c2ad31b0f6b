import type { Refusal } from '../refusal.ts';
import { checkFilter } from './check-query.ts';
import { privilegeName } from './check-rights.ts';
import { filterLeads } from './filter-leads.ts';
import { knownRecords } from './known-records.ts';

/** `EntityDefinitions?$filter=EntitySetName eq '…'`: the tables that a lookup can point to. */
export function tableMetadata(
	filter: string | undefined,
): { ok: true; value: Record<string, unknown>[] } | { ok: false; refusal: Refusal } {
	const known = { ...Object.fromEntries(Object.entries(knownRecords).map(([set, { table }]) => [set, table])), leads: 'lead' };
	const definitions = Object.entries(known).map(([set, table]) => ({
		LogicalName: table,
		EntitySetName: set,
		PrimaryIdAttribute: `${table}id`,
		Privileges: ['Read', 'Append', 'AppendTo'].map((PrivilegeType) => ({
			PrivilegeType,
			Name: `prv${PrivilegeType}${privilegeName(table)}`,
		})),
	}));
	const refusal = checkFilter(filter, Object.keys(definitions[0] ?? {}), 'EntityMetadata');
	if (refusal) return { ok: false, refusal };
	const filtered = filterLeads(filter);
	return filtered.ok ? { ok: true, value: definitions.filter(filtered.matches) } : filtered;
}
