import { privilegeName } from './check-rights.ts';
import { filterLeads } from './filter-leads.ts';
import { knownRecords } from './known-records.ts';

/** `EntityDefinitions?$filter=EntitySetName eq '…'`: the tables that a lookup can point to. */
export function tableMetadata(filter: string | undefined): Record<string, unknown>[] {
	const definitions = Object.entries(knownRecords).map(([set, { table }]) => ({
		LogicalName: table,
		EntitySetName: set,
		PrimaryIdAttribute: `${table}id`,
		Privileges: ['Read', 'Append', 'AppendTo'].map((PrivilegeType) => ({
			PrivilegeType,
			Name: `prv${PrivilegeType}${privilegeName(table)}`,
		})),
	}));
	const filtered = filterLeads(filter);
	return filtered.ok ? definitions.filter(filtered.matches) : [];
}
