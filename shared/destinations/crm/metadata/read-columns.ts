import { type Dataverse, getRows, mostOfMetadata } from '../get-json.ts';
import type { LeadColumn, LeadColumns } from './lead-column.ts';
import { type ReadKind, readKinds, toColumn } from './to-column.ts';

const table = "EntityDefinitions(LogicalName='lead')";
const ofAll = ['LogicalName', 'DisplayName', 'RequiredLevel', 'IsValidForCreate'];

/**
 * Asks an environment for the columns of its table of leads, all kinds side by side. Throws when one question is not answered: half a table would drop
 * columns that exist. https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query-metadata-web-api
 */
export async function readColumns({ getToken, ...rest }: Dataverse, signal: AbortSignal): Promise<LeadColumns> {
	// One token for all questions: asked side by side, each would ask the identity for one of its own.
	const token = getToken(`${rest.url}/.default`, signal);
	const dataverse = { ...rest, getToken: () => token };
	const limits = { signal, mostBytes: mostOfMetadata };
	const kinds = Object.keys(readKinds) as ReadKind[];
	const relationship = '$select=ReferencingAttribute,ReferencedEntity,ReferencingEntityNavigationPropertyName';
	const [relationships = [], ...byKind] = await Promise.all([
		getRows(dataverse, `${table}/ManyToOneRelationships?${relationship}`, limits),
		...kinds.map((kind) =>
			getRows(dataverse, `${table}/Attributes/Microsoft.Dynamics.CRM.${kind}AttributeMetadata?${queryOf(kind)}`, limits),
		),
	]);
	const found = kinds.flatMap((kind, index) =>
		(byKind[index] ?? []).flatMap((row) => [toColumn(kind, row)].filter((column) => column !== undefined)),
	);
	const byName = new Map<string, LeadColumn>(found);
	for (const row of relationships) addTarget(byName, row);
	if (!byName.has('subject')) throw new TypeError('Dataverse named no columns of leads');
	return { complete: true, byName };
}

const queryOf = (kind: ReadKind) =>
	`$select=${[...ofAll, ...readKinds[kind]].join(',')}${kind === 'Picklist' ? '&$expand=OptionSet,GlobalOptionSet' : ''}`;

function addTarget(byName: Map<string, LeadColumn>, row: unknown): void {
	const {
		ReferencingAttribute: name,
		ReferencedEntity: target,
		ReferencingEntityNavigationPropertyName: property,
	} = (row ?? {}) as Record<string, unknown>;
	const column = typeof name === 'string' ? byName.get(name) : undefined;
	if (column?.type === 'lookup' && typeof target === 'string' && typeof property === 'string')
		column.targets.push({ table: target, property });
}
