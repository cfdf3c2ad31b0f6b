import { applicationUserId, businessUnitId } from './known-records.ts';

/** What the security role of the application user allows, as `infra/permissions/dataverse-user.sh` makes it. */
export const leadIntakePrivileges = [
	'prvCreateLead',
	'prvReadLead',
	'prvAppendLead',
	'prvReadEntity',
	'prvReadAttribute',
	'prvReadOptionSet',
	'prvAssignLead',
	'prvAppendToCampaign',
	'prvReadTeam',
	'prvReadUser',
	'prvReadTransactionCurrency',
	'prvAppendToTransactionCurrency',
	'prvOverrideCreatedOnCreatedBy',
];

/**
 * `systemusers(<id>)/Microsoft.Dynamics.CRM.RetrieveUserPrivileges`; undefined for anything else.
 * https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/retrieveuserprivileges
 */
export function userPrivileges(resource: string, privileges: string[]): { RolePrivileges: object[] } | undefined {
	const [, userId] = /^systemusers\(([^)]*)\)\/Microsoft\.Dynamics\.CRM\.RetrieveUserPrivileges(?:\(\))?$/.exec(resource) ?? [];
	if (userId?.toLowerCase() !== applicationUserId) return undefined;
	const id = (index: number) => `5a4db0c5-0000-4000-8000-9${String(index).padStart(11, '0')}`;
	const toPrivilege = (PrivilegeName: string, index: number) => ({
		Depth: 'Global',
		PrivilegeId: id(index),
		BusinessUnitId: businessUnitId,
		PrivilegeName,
	});
	return { RolePrivileges: privileges.map(toPrivilege) };
}

/**
 * `systemusers(<id>)/Microsoft.Dynamics.CRM.RetrievePrincipalAttributePrivileges()`: no profile lets the user fill a secured column; undefined for anything else.
 * https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/retrieveprincipalattributeprivileges
 */
export function attributePrivileges(resource: string): { AttributePrivileges: object[] } | undefined {
	const asked = /^systemusers\(([^)]*)\)\/Microsoft\.Dynamics\.CRM\.RetrievePrincipalAttributePrivileges(?:\(\))?$/.exec(resource);
	return asked?.[1]?.toLowerCase() === applicationUserId ? { AttributePrivileges: [] } : undefined;
}
