import { type CheckLine, failure, ok, warning } from '../../../basics/check-line.ts';
import { askDataverse } from './ask-dataverse.ts';
import type { CrmCheckDeps } from './crm-check-deps.ts';
import type { PointedTables } from './find-tables.ts';
import { mappedColumns } from './mapped-columns.ts';

/** As `infra/permissions/dataverse-user.sh` gives them. */
const needed = ['prvCreateLead', 'prvReadLead'];
const forColumns = ['prvReadEntity', 'prvReadAttribute', 'prvReadOptionSet'];
const grant = 'bash infra/permissions/dataverse-user.sh --url DATAVERSE_URL --client-id AZURE_CLIENT_ID --apply';

/**
 * What the security roles of a user allow.
 * https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/retrieveuserprivileges
 */
export async function checkPrivileges(means: CrmCheckDeps, userId: string, tables: Promise<PointedTables>): Promise<CheckLine[]> {
	const reply = await askDataverse(means, `systemusers(${encodeURIComponent(userId)})/Microsoft.Dynamics.CRM.RetrieveUserPrivileges`);
	const names = reply.ok && Array.isArray(reply.body.RolePrivileges) ? reply.body.RolePrivileges.map(nameOf) : [];
	const held = new Set(names.filter((name) => name !== undefined));
	if (held.size === 0)
		return [
			warning(
				'privileges',
				'They cannot be told: Dataverse does not say what the identity may do.',
				'Look: Power Platform admin center > Environments > the environment > Settings > Users + permissions > Application users > Manage roles; or npm run doctor -- --send-test.',
			),
		];
	const missing = (wanted: string[]) => wanted.filter((name) => !held.has(name.toLowerCase()));
	const [create, read] = [missing(wantedBy(means, await tables)), missing(forColumns)];
	if (create.length > 0) return [failure('privileges', `The identity lacks ${create.join(', ')}.`, withPrivileges(create))];
	if (read.length > 0) return [warning('privileges', `The identity lacks ${read.join(', ')}: what the columns take is guessed.`, grant)];
	return [ok('privileges', 'The identity may create and read leads, and read what their columns take.')];
}

/** An owner has to be assigned, a lead appended to what it points to, and what it points to must allow that. */
function wantedBy({ own, routes }: CrmCheckDeps, tables: PointedTables): string[] {
	const isAssigned = Boolean(own.owner) || routes.some(({ choice }) => choice.owner);
	const pointsElsewhere = mappedColumns({ own, routes }).some(
		({ entry }) => typeof entry === 'object' && entry !== null && 'lookup' in entry,
	);
	const appendTo = [...tables.values()].flatMap((table) => table?.appendTo ?? []);
	return [...needed, ...(isAssigned ? ['prvAssignLead'] : []), ...(pointsElsewhere ? ['prvAppendLead'] : []), ...new Set(appendTo)];
}

function withPrivileges(missing: string[]): string {
	const others = missing.filter((name) => !needed.includes(name));
	return grant.replace(' --apply', `${others.map((name) => ` --privilege ${name}`).join('')} --apply`);
}

const nameOf = (privilege: unknown): string | undefined => {
	const name = (privilege as { PrivilegeName?: unknown } | null)?.PrivilegeName;
	return typeof name === 'string' ? name.toLowerCase() : undefined;
};
