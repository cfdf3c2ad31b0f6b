import { type CheckLine, failure, ok, warning } from '../../../basics/check-line.ts';
import { builtInColumns } from '../metadata/built-in-columns.ts';
import type { LeadColumns } from '../metadata/lead-column.ts';
import { askDataverse } from './ask-dataverse.ts';
import { type CrmCheckDeps, mappedColumns } from './crm-check-deps.ts';
import type { PointedTables } from './find-tables.ts';

/** As `infra/permissions/dataverse-user.sh` gives them. */
const needed = ['prvCreateLead', 'prvReadLead'];
const forColumns = ['prvReadEntity', 'prvReadAttribute', 'prvReadOptionSet'];
/** To tell when a lead came that has waited. */
const forTime = 'prvOverrideCreatedOnCreatedBy';
const grant = 'bash infra/permissions/dataverse-user.sh --url DATAVERSE_URL --client-id AZURE_CLIENT_ID --apply';

/**
 * What the security roles of a user allow.
 * https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/retrieveuserprivileges
 */
export async function checkPrivileges(
	deps: CrmCheckDeps,
	userId: string,
	{ tables, columns }: { tables: Promise<PointedTables>; columns: Promise<LeadColumns> },
): Promise<CheckLine[]> {
	const known = await columns.catch(() => builtInColumns);
	const reply = await askDataverse(deps, `systemusers(${encodeURIComponent(userId)})/Microsoft.Dynamics.CRM.RetrieveUserPrivileges`);
	const names = reply.ok && Array.isArray(reply.body.RolePrivileges) ? reply.body.RolePrivileges.map(nameOf) : [];
	const held = new Set(names.filter((name) => name !== undefined));
	if (held.size === 0)
		return [
			warning(
				'privileges',
				'Cannot check: Dataverse does not tell which privileges the identity has.',
				'See Power Platform admin center > Environments > the environment > Settings > Users + permissions > Application users > Manage roles; or npm run doctor -- --send-test.',
			),
		];
	const missing = (wanted: string[]) => wanted.filter((name) => !held.has(name.toLowerCase()));
	const [create, read] = [missing(wantedBy(deps, await tables, known)), missing(forColumns)];
	const lines = [
		...(create.length > 0 ? [failure('privileges', `The identity lacks ${create.join(', ')}.`, withPrivileges(create))] : []),
		...(read.length > 0
			? [warning('privileges', `The identity lacks ${read.join(', ')}: the app must guess which values the columns accept.`, grant)]
			: []),
		...(missing([forTime]).length > 0
			? [
					warning(
						'privileges',
						`The identity lacks ${forTime}: the record of a lead that waited does not show when the lead arrived.`,
						grant,
					),
				]
			: []),
	];
	return lines.length > 0 ? lines : [ok('privileges', 'The identity may create and read leads, and read what their columns accept.')];
}

/** An owner has to be assigned, a lead appended to what it points to, what it points to must allow that, and money needs a currency. */
function wantedBy({ own, routes }: CrmCheckDeps, tables: PointedTables, { byName }: LeadColumns): string[] {
	const isAssigned = Boolean(own.owner) || routes.some(({ choice }) => choice.owner);
	const pointsElsewhere = mappedColumns({ own, routes }).some(
		({ entry }) => typeof entry === 'object' && entry !== null && 'lookup' in entry,
	);
	const isMoney = (name: string) => {
		const column = byName.get(name);
		return column?.type === 'decimal' && column.money === true;
	};
	const holdsMoney = mappedColumns({ own, routes }).some(({ name, entry }) => entry !== null && isMoney(name));
	const appendTo = [...tables.values()].flatMap((table) => table?.appendTo ?? []);
	return [
		...needed,
		...(isAssigned ? ['prvAssignLead'] : []),
		...(pointsElsewhere ? ['prvAppendLead'] : []),
		...new Set(appendTo),
		...(holdsMoney ? ['prvReadTransactionCurrency'] : []),
	];
}

function withPrivileges(missing: string[]): string {
	const others = missing.filter((name) => !needed.includes(name));
	return grant.replace(' --apply', `${others.map((name) => ` --privilege ${name}`).join('')} --apply`);
}

const nameOf = (privilege: unknown): string | undefined => {
	const name = (privilege as { PrivilegeName?: unknown } | null)?.PrivilegeName;
	return typeof name === 'string' ? name.toLowerCase() : undefined;
};
