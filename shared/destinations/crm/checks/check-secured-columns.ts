import { type CheckLine, warning } from '../../../basics/check-line.ts';
import { usualColumns } from '../usual-values.ts';
import { askDataverse } from './ask-dataverse.ts';
import { type CrmCheckDeps, mappedColumns } from './crm-check-deps.ts';

const table = "EntityDefinitions(LogicalName='lead')";
const profiles =
	'Add the application user to a column security profile that allows Create on it: Power Platform admin center > Environments > the environment > Settings > Users + permissions > Column security profiles.';
/** https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/fieldpermission: Allowed */
const allowed = 4;

/**
 * The columns that are filled and secured: Dataverse refuses them to whom no column security profile lets fill them, whatever the security roles say. A column
 * that is secured but not for create is open to all. https://learn.microsoft.com/power-apps/developer/data-platform/column-level-security
 */
export async function checkSecuredColumns(deps: CrmCheckDeps, userId: string): Promise<CheckLine[]> {
	const select = '$select=LogicalName,MetadataId,IsSecured,CanBeSecuredForCreate';
	const reply = await askDataverse(deps, `${table}/Attributes?${select}&$filter=${encodeURIComponent('IsSecured eq true')}`);
	if (!reply.ok || !Array.isArray(reply.body.value)) return []; // That columns cannot be read is told elsewhere.
	const secured = reply.body.value.map(toColumn).filter(({ isSecured }) => isSecured);
	const filled = filledBy(deps);
	const doubtful = secured.filter(({ name }) => filled.has(name));
	if (doubtful.length === 0) return [];
	const mayCreate = await askRights(deps, userId);
	return doubtful
		.filter(({ id }) => mayCreate?.has(id) !== true)
		.map(({ name }) =>
			warning(
				'lead columns',
				`${filled.get(name)} fills the column ${name}, which is secured: ${
					mayCreate
						? 'the identity may not fill it, so it is left out.'
						: 'it is left out unless the identity may fill it, which cannot be checked.'
				}`,
				profiles,
			),
		);
}

function toColumn(row: unknown): { name: string; id: string; isSecured: boolean } {
	const { LogicalName: name, MetadataId: id, IsSecured: isSecured, CanBeSecuredForCreate: forCreate } = Object(row);
	return { name: String(name), id: String(id).toLowerCase(), isSecured: isSecured === true && forCreate !== false };
}

/** What a lead may fill, and which setting says so. */
function filledBy(deps: CrmCheckDeps): Map<string, string> {
	const always = [...usualColumns, 'overriddencreatedon', 'donotemail', 'donotphone', 'donotbulkemail'];
	return new Map([
		...always.map((name) => [name, 'The app'] as const),
		...(deps.own.leadSource === undefined ? [] : [['leadsourcecode', 'DATAVERSE_LEAD_SOURCE'] as const]),
		...mappedColumns(deps).flatMap(({ name, setting, entry }) => (entry === null ? [] : [[name, setting] as const])),
	]);
}

/** The secured columns, by metadata id, that the user may fill; undefined when that cannot be told. */
async function askRights(deps: CrmCheckDeps, userId: string): Promise<Set<string> | undefined> {
	const path = `systemusers(${encodeURIComponent(userId)})/Microsoft.Dynamics.CRM.RetrievePrincipalAttributePrivileges()`;
	const reply = await askDataverse(deps, path);
	if (!reply.ok || !Array.isArray(reply.body.AttributePrivileges)) return undefined;
	const rights: { AttributeId?: unknown; CanCreate?: unknown }[] = reply.body.AttributePrivileges.map(Object);
	return new Set(rights.flatMap(({ AttributeId: id, CanCreate: right }) => (right === allowed ? [String(id).toLowerCase()] : [])));
}
