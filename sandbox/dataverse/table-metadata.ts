import { filterLeads } from './filter-leads.ts';
import { knownRecords } from './known-records.ts';

/** Privileges call this table by another name. */
const privilegeNames: Record<string, string> = { systemuser: 'User', transactioncurrency: 'TransactionCurrency' };
const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** `EntityDefinitions?$filter=EntitySetName eq '…'`: the tables that a lookup can point to. */
export function tableMetadata(filter: string | undefined): Record<string, unknown>[] {
	const definitions = Object.entries(knownRecords).map(([set, { table }]) => ({
		LogicalName: table,
		EntitySetName: set,
		PrimaryIdAttribute: `${table}id`,
		Privileges: ['Read', 'Append', 'AppendTo'].map((PrivilegeType) => ({
			PrivilegeType,
			Name: `prv${PrivilegeType}${privilegeNames[table] ?? capital(table)}`,
		})),
	}));
	const filtered = filterLeads(filter);
	return filtered.ok ? definitions.filter(filtered.matches) : [];
}
