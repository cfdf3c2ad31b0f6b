import { beforeAll, expect, it } from '@jest/globals';
import { describeWithBicep } from './bicep.ts';
import { predict } from './predict.ts';

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules */
const rules: Record<string, RegExp> = {
	storage: /^[a-z0-9]{3,24}$/,
	identity: /^[A-Za-z0-9][\w-]{2,127}$/,
	workspace: /^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$/,
	insights: /^[\w().-]{1,259}[\w()-]$/,
	actionGroup: /^[A-Za-z0-9-]{1,260}$/,
	plan: /^[A-Za-z0-9-]{1,60}$/,
	// The host tells apps apart by 32 characters: https://aka.ms/functions-hostid-collision
	app: /^(?=.{2,32}$)[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]$/,
};
/** Of resources that are named outside of names.bicep. */
const rulesOfTypes: Record<string, RegExp> = {
	'Microsoft.Insights/scheduledQueryRules': /^[^*<>%{}&:\\?/#]{1,259}[^*<>%{}&:\\?/# .]$/,
	'Microsoft.Storage/storageAccounts/queueServices/queues': /\/(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
	'Microsoft.Storage/storageAccounts/tableServices/tables': /\/[A-Za-z][A-Za-z0-9]{2,62}$/,
	'Microsoft.Storage/storageAccounts/blobServices/containers': /\/(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
	'Microsoft.Authorization/locks': /^[\w().-]{1,90}$/,
};

describeWithBicep('names', () => {
	let names: Record<string, string>[];
	beforeAll(async () => {
		names = (await predict('names')).outputs.names;
	});

	it("keep within Azure's rules, whatever the stem: short, long, capitals, marks, another script, none", () => {
		expect(names).toHaveLength(9);
		for (const { suffix, ...kinds } of names) {
			expect(suffix).toMatch(/^[a-z0-9]{1,13}-[a-z0-9]{13}$/);
			expect(Object.keys(kinds).sort()).toEqual(Object.keys(rules).sort());
			for (const [kind, name] of Object.entries(kinds)) expect(name).toMatch(rules[kind] ?? /never/);
		}
	});

	it('differ between stems that look alike once they are cleaned', () => {
		expect(new Set(names.map(({ app }) => app)).size).toBe(9);
		expect(new Set(names.map(({ storage }) => storage)).size).toBe(9);
	});

	it('are those that the template gives, in every set of parameters', async () => {
		for (const set of ['email-only', 'crm-only', 'both-with-sign-in', 'biggest'] as const)
			for (const { type, name } of (await predict(set)).predictedResources) {
				const kind = {
					'Microsoft.Storage/storageAccounts': 'storage',
					'Microsoft.ManagedIdentity/userAssignedIdentities': 'identity',
					'Microsoft.OperationalInsights/workspaces': 'workspace',
					'Microsoft.Insights/components': 'insights',
					'Microsoft.Insights/actionGroups': 'actionGroup',
					'Microsoft.Web/serverfarms': 'plan',
					'Microsoft.Web/sites': 'app',
				}[type];
				const rule = kind ? rules[kind] : rulesOfTypes[type];
				if (rule) expect(name).toMatch(rule);
			}
	});
});
