import { expect, it } from '@jest/globals';
import { describeWithBicep } from './bicep.ts';
import { ofType, type Prediction, predict, theOnly } from './predict.ts';

const roleNames: Record<string, string> = {
	'b7e6dc6d-f1e8-4753-8033-0f276bb0955b': 'Storage Blob Data Owner',
	'974c5e8b-45b9-4653-ba55-5f855dd0fb88': 'Storage Queue Data Contributor',
	'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a': 'Storage Queue Data Message Sender',
	'0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3': 'Storage Table Data Contributor',
	'4633458b-17de-408a-b874-0445c86b69e6': 'Key Vault Secrets User',
	'3913510d-42f4-4e42-8a64-420c390055eb': 'Monitoring Metrics Publisher',
};

/** "who: role at scope", the scope without the names that differ between deployments. */
function assignments(prediction: Prediction): string[] {
	const ownRoles = new Map(ofType(prediction, 'Microsoft.Authorization/roleDefinitions').map(({ id }) => [id, 'Lead journal operator']));
	return ofType(prediction, 'Microsoft.Authorization/roleAssignments').map(({ id, properties }) => {
		const { principalId, principalType, roleDefinitionId } = properties;
		const role = roleNames[roleDefinitionId.split('/').at(-1) ?? ''] ?? ownRoles.get(roleDefinitionId) ?? roleDefinitionId;
		const scope = (id.split('/providers/Microsoft.Authorization/')[0] ?? '')
			.replace(/^.*?\/providers\//, '')
			.replace(/(storageAccounts|components)\/[\w-]+/, '$1');
		const who = /userAssignedIdentities\/id-[\w-]+', '[\d-]+'\)\.principalId\]$/.test(principalId) ? 'identity' : principalId;
		return `${principalType} ${who}: ${role} at ${scope}`;
	});
}

const ofTheApp = [
	'ServicePrincipal identity: Storage Blob Data Owner at Microsoft.Storage/storageAccounts',
	'ServicePrincipal identity: Storage Queue Data Contributor at Microsoft.Storage/storageAccounts/queueServices/default/queues/bells',
	'ServicePrincipal identity: Storage Queue Data Contributor at Microsoft.Storage/storageAccounts/queueServices/default/queues/bells-poison',
	'ServicePrincipal identity: Storage Queue Data Contributor at Microsoft.Storage/storageAccounts/queueServices/default/queues/spill',
	'ServicePrincipal identity: Storage Table Data Contributor at Microsoft.Storage/storageAccounts/tableServices/default/tables/journal',
	'ServicePrincipal identity: Monitoring Metrics Publisher at Microsoft.Insights/components',
];

const group = '99999999-0000-0000-0000-000000000001';
const user = '99999999-0000-0000-0000-000000000003';
const journal = 'Microsoft.Storage/storageAccounts/tableServices/default/tables/journal';
const spill = 'Microsoft.Storage/storageAccounts/queueServices/default/queues/spill';
const bells = 'Microsoft.Storage/storageAccounts/queueServices/default/queues/bells';

describeWithBicep('who may do what', () => {
	it.each(['example', 'email-only', 'crm-only'] as const)('is the identity alone in %s, with six roles at these scopes', async (set) => {
		expect(assignments(await predict(set)).sort()).toEqual([...ofTheApp].sort());
	});

	it('gives operators the journal, the bells, and what erasing looks into, nothing else', async () => {
		expect(assignments(await predict('biggest')).sort()).toEqual(
			[
				...ofTheApp,
				'ServicePrincipal identity: Key Vault Secrets User at Microsoft.KeyVault/vaults/contoso-secrets',
				`Group ${group}: Lead journal operator at ${journal}`,
				`User ${user}: Lead journal operator at ${journal}`,
				`Group ${group}: Storage Queue Data Message Sender at ${bells}`,
				`User ${user}: Storage Queue Data Message Sender at ${bells}`,
				...[`${bells}-poison`, spill].flatMap((queue) => [
					`Group ${group}: Storage Queue Data Contributor at ${queue}`,
					`User ${user}: Storage Queue Data Contributor at ${queue}`,
				]),
			].sort(),
		);
	});

	it('lets operators read, change and erase rows, and neither make nor delete a table', async () => {
		const { properties } = theOnly(await predict('biggest'), 'Microsoft.Authorization/roleDefinitions');
		const [{ actions, dataActions }] = properties.permissions;
		const tables = 'Microsoft.Storage/storageAccounts/tableServices/tables';
		expect(actions).toEqual([`${tables}/read`]);
		expect([...dataActions].sort()).toEqual(
			['add/action', 'delete', 'read', 'update/action', 'write'].map((name) => `${tables}/entities/${name}`),
		);
		expect(properties.assignableScopes).toEqual([expect.stringMatching(/\/resourceGroups\/leads$/)]);
	});

	it('is the built-in role where no custom role may be made, and no role is made without operators', async () => {
		const builtIn = await predict('both-with-sign-in');
		expect(ofType(builtIn, 'Microsoft.Authorization/roleDefinitions')).toEqual([]);
		expect(assignments(builtIn)).toContain(`Group ${group}: Storage Table Data Contributor at ${journal}`);
		expect(ofType(await predict('email-only'), 'Microsoft.Authorization/roleDefinitions')).toEqual([]);
	});

	it('has names that are GUIDs, each its own, the same in every deployment', async () => {
		const names = ofType(await predict('biggest'), 'Microsoft.Authorization/roleAssignments').map(({ name }) => name);
		for (const name of names) expect(name).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
		expect(new Set(names).size).toBe(names.length);
	});
});
