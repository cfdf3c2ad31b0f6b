import { askDataverse } from './ask-dataverse.ts';
import { type CheckLine, type CheckMeans, failure, ok, warning } from './check.ts';

/** As `infra/permissions/dataverse-user.sh` gives them. */
const needed = ['prvCreateLead', 'prvReadLead'];
const forColumns = ['prvReadEntity', 'prvReadAttribute', 'prvReadOptionSet'];
const grant = 'bash infra/permissions/dataverse-user.sh --url DATAVERSE_URL --client-id AZURE_CLIENT_ID --apply';

/**
 * What the security roles of a user allow.
 * https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/retrieveuserprivileges
 */
export async function checkPrivileges(means: CheckMeans, userId: string): Promise<CheckLine[]> {
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
	const [create, read] = [missing(wantedBy(means)), missing(forColumns)];
	if (create.length > 0) return [failure('privileges', `The identity lacks ${create.join(', ')}.`, withPrivileges(create))];
	if (read.length > 0) return [warning('privileges', `The identity lacks ${read.join(', ')}: what the columns take is guessed.`, grant)];
	return [ok('privileges', 'The identity may create and read leads, and read what their columns take.')];
}

/** An owner has to be assigned, and a lead appended to what it points to. */
function wantedBy({ settings: { crm, routes } }: CheckMeans): string[] {
	const entries = [crm.fields, ...routes.map(({ choice }) => choice.fields)].flatMap((fields) => Object.values(fields ?? {}));
	const pointsElsewhere = entries.some((entry) => typeof entry === 'object' && entry !== null && 'lookup' in entry);
	const isAssigned = Boolean(crm.owner) || routes.some(({ choice }) => choice.owner);
	return [...needed, ...(isAssigned ? ['prvAssignLead'] : []), ...(pointsElsewhere ? ['prvAppendLead'] : [])];
}

function withPrivileges(missing: string[]): string {
	const others = missing.filter((name) => !needed.includes(name));
	return grant.replace(' --apply', `${others.map((name) => ` --privilege ${name}`).join('')} --apply`);
}

const nameOf = (privilege: unknown): string | undefined => {
	const name = (privilege as { PrivilegeName?: unknown } | null)?.PrivilegeName;
	return typeof name === 'string' ? name.toLowerCase() : undefined;
};
