import type { LookupEntry } from '../field-map/field-map.ts';
import { askDataverse } from './ask-dataverse.ts';
import { type CrmCheckDeps, mappedColumns } from './crm-check-deps.ts';

/** A table that a lookup of the settings points to. */
export interface PointedTable {
	/** The column with its records' ids. */
	primaryId: string;
	/** The privilege that lets others point to its records: `prvAppendToCampaign`. */
	appendTo?: string;
}

/** By entity set; null where there is no such set, absent where it cannot be told. */
export type PointedTables = ReadonlyMap<string, PointedTable | null>;

/**
 * Asks the metadata for the tables that lookups of the settings name. Never throws.
 * https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/entitymetadata
 */
export async function findTables(deps: CrmCheckDeps): Promise<PointedTables> {
	const sets = [...new Set(lookupsOf(deps).map(({ lookup }) => lookup))];
	const found = await Promise.all(sets.map(async (set) => [set, await findTable(deps, set)] as const));
	return new Map(found.filter((entry): entry is [string, PointedTable | null] => entry[1] !== undefined));
}

const lookupsOf = (deps: Pick<CrmCheckDeps, 'own' | 'routes'>): LookupEntry[] =>
	mappedColumns(deps).flatMap(({ entry }) => (typeof entry === 'object' && entry !== null && 'lookup' in entry ? [entry] : []));

async function findTable(deps: CrmCheckDeps, set: string): Promise<PointedTable | null | undefined> {
	const query = `$select=EntitySetName,PrimaryIdAttribute,Privileges&$filter=${encodeURIComponent(`EntitySetName eq '${set}'`)}`;
	const reply = await askDataverse(deps, `EntityDefinitions?${query}`);
	if (!reply.ok || !Array.isArray(reply.body.value)) return undefined;
	const [definition] = reply.body.value as { PrimaryIdAttribute?: unknown; Privileges?: { PrivilegeType?: unknown; Name?: unknown }[] }[];
	if (!definition) return null;
	const appendTo = definition.Privileges?.find(({ PrivilegeType }) => PrivilegeType === 'AppendTo')?.Name;
	return { primaryId: String(definition.PrimaryIdAttribute), ...(typeof appendTo === 'string' && { appendTo }) };
}
