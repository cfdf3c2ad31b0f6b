import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { checkStorageSettings } from '../../shared/checks/check-storage-settings.ts';
import { openCheckDeps } from '../../shared/checks/open-check-deps.ts';
import { openServices } from '../../shared/services.ts';
import { catalogue, settingNames } from '../../shared/settings/catalogue.ts';
import { readSettings } from '../../shared/settings/read-settings.ts';
import { describeWithBicep } from './bicep.ts';
import { evaluate } from './evaluate.ts';
import { compileParameters, type ParameterSet, predict, theOnly } from './predict.ts';

/** What the platform and identity-based storage need beside the catalogue. */
const ofThePlatform = [
	'APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
	'APPLICATIONINSIGHTS_CONNECTION_STRING',
	'AzureWebJobsStorage__accountName',
	'AzureWebJobsStorage__blobServiceUri',
	'AzureWebJobsStorage__clientId',
	'AzureWebJobsStorage__credential',
	'AzureWebJobsStorage__queueServiceUri',
	'AzureWebJobsStorage__tableServiceUri',
];

/** What the settings of endpoints are in the template: a secret parameter, whose value no prediction knows. */
const secretSettings = /^\[map\(filter\(items\(parameters\('webhooks'\)\)/;

type AppSetting = string | { name: string; value: string };

async function appSettingsOf(set: ParameterSet): Promise<AppSetting[]> {
	return evaluate(theOnly(await predict(set), 'Microsoft.Web/sites').properties.siteConfig.appSettings) as AppSetting[];
}

async function settingsOf(set: ParameterSet): Promise<Record<string, string>> {
	return Object.fromEntries((await appSettingsOf(set)).flatMap((one) => (typeof one === 'string' ? [] : [[one.name, one.value]])));
}

/** The settings of endpoints that a set of parameters gives. */
const webhooksOf = (set: ParameterSet) => {
	const [, members = ''] = /param webhooks = \{\n(.*?\n)\}\n/s.exec(readFileSync(`tests/infra/parameters/${set}.bicepparam`, 'utf8')) ?? [];
	return Object.fromEntries(Array.from(members.matchAll(/^ {2}(\w+): '(.*)'$/gm), ([, name = '', value = '']) => [name, value]));
};

const defaults = Object.fromEntries(
	Object.entries(catalogue).flatMap(([name, entry]) => (entry.default === undefined ? [] : [[name, entry.default]])),
);

describeWithBicep('the app settings', () => {
	it("are the catalogue's, every one, when every one is given", async () => {
		const names = [...Object.keys(await settingsOf('biggest')), ...Object.keys(webhooksOf('biggest'))];
		const signIn = 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID';
		expect(names.sort()).toEqual([...settingNames, ...ofThePlatform, signIn].sort());
	});

	it("have the catalogue's defaults when nothing is given but a destination", async () => {
		const { LEAD_DESTINATIONS, DATAVERSE_URL, AZURE_CLIENT_ID, ...rest } = await settingsOf('crm-only');
		expect({ LEAD_DESTINATIONS, DATAVERSE_URL }).toEqual({ LEAD_DESTINATIONS: 'crm', DATAVERSE_URL: 'https://contoso.crm4.dynamics.com' });
		expect(AZURE_CLIENT_ID).toMatch(/\.clientId\]$/);
		expect(Object.fromEntries(Object.entries(rest).filter(([name]) => !ofThePlatform.includes(name)))).toEqual(defaults);
	});

	it.each(['email-only', 'crm-only', 'both-with-sign-in', 'biggest'] as const)(
		'never say of %s that sign-in is on: the platform alone does',
		async (set) => {
			const settings = await settingsOf(set);
			expect(Object.keys(settings).filter((name) => /^WEBSITE_AUTH/i.test(name))).toEqual([]);
			expect('BOARD_CLIENT_ID' in settings).toBe(set === 'both-with-sign-in' || set === 'biggest');
		},
	);

	it('arrive as the texts that were given, and the app takes every one', async () => {
		const settings = { ...(await settingsOf('biggest')), ...webhooksOf('biggest') };
		const { AZURE_CLIENT_ID, BOARD_CLIENT_ID, BOARD_TENANT_ID, ...examples } = Object.fromEntries(
			Object.entries(catalogue).map(
				([
					name,
					{
						examples: [example],
					},
				]) => [name, example],
			),
		);
		expect(settings).toMatchObject(examples);
		expect([settings.BOARD_CLIENT_ID, settings.BOARD_TENANT_ID]).toEqual([
			'99999999-0000-0000-0000-000000000002',
			'22222222-2222-2222-2222-222222222222',
		]);
		expect(readSettings({ ...settings, ...evaluated }).issues).toEqual([]);
	});

	it('of endpoints are a secret parameter, whose values end in no history of deployments', async () => {
		expect((await appSettingsOf('biggest')).filter((one) => typeof one === 'string')).toEqual([expect.stringMatching(secretSettings)]);
		expect(JSON.stringify(await predict('biggest'))).not.toContain('hooks.example.com');
		expect(theOnly(await predict('biggest'), 'Microsoft.Web/sites').properties.keyVaultReferenceIdentity).toMatch(/userAssignedIdentities/);
	});

	it('may come from a file, and are left out when they are null', async () => {
		const settings = await settingsOf('both-with-sign-in');
		expect(settings.DATAVERSE_FIELDS).toBe(readFileSync('tests/infra/parameters/fields.json', 'utf8'));
		expect(Object.keys(settings)).not.toContain('EMAIL_CC');
	});

	it.each(['example', 'email-only', 'crm-only', 'both-with-sign-in'] as const)('of %s satisfy the app', async (set) => {
		expect(readSettings({ ...(await settingsOf(set)), ...evaluated }).issues).toEqual([]);
	});

	it('are never a default of the biggest set, so that one that goes nowhere is seen', async () => {
		const given = await settingsOf('biggest');
		expect(Object.entries(defaults).filter(([name, value]) => given[name] === value)).toEqual([]);
	});

	it('are checked by the compiler, which names what it refuses', async () => {
		const { complaints, exitCode } = await compileParameters(
			`param settings = {\n${refused.map(([member]) => `  ${member}`).join('\n')}\n}`,
		);
		expect(exitCode).not.toBe(0);
		for (const [, complaint] of refused) expect(complaints).toContainEqual(expect.stringMatching(complaint));
		expect(complaints).toHaveLength(refused.length);
	});

	it('reach storage and telemetry by the identity', async () => {
		const settings = await settingsOf('email-only');
		expect(settings.AzureWebJobsStorage__credential).toBe('managedidentity');
		expect(settings.AzureWebJobsStorage__clientId).toBe(settings.AZURE_CLIENT_ID);
		expect(settings.AzureWebJobsStorage__queueServiceUri).toMatch(/primaryEndpoints\.queue\]$/);
		expect(settings.AzureWebJobsStorage__tableServiceUri).toMatch(/primaryEndpoints\.table\]$/);
		expect(settings.AzureWebJobsStorage__blobServiceUri).toMatch(/primaryEndpoints\.blob\]$/);
		expect(settings.APPLICATIONINSIGHTS_AUTHENTICATION_STRING).toMatch(/ClientId=\{0\};Authorization=AAD/);
		expect(Object.keys(settings)).not.toContain('AzureWebJobsStorage');
	});

	it('name the account besides its three addresses: with the addresses alone some hosts answer 401 now and then', async () => {
		const prediction = await predict('email-only');
		const { AzureWebJobsStorage__accountName: name } = await settingsOf('email-only');
		expect(name).toBe(theOnly(prediction, 'Microsoft.Storage/storageAccounts').name);
	});

	it('leave the host nothing to wish for', async () => {
		const settings = { ...(await settingsOf('both-with-sign-in')), ...evaluated };
		const environment = { ...settings, IDENTITY_ENDPOINT: 'http://127.0.0.1:1', WEBSITE_SITE_NAME: 'contoso-leads' };
		const lines = await checkStorageSettings(openCheckDeps(environment, openServices(environment)));
		expect(lines).toMatchObject([{ level: 'ok' }]);
	});

	it('are none that Flex Consumption refuses', async () => {
		const refused = /^(FUNCTIONS_|WEBSITE_|WEBSITES_|SCM_|ENABLE_ORYX|TZ$)/;
		expect(Object.keys(await settingsOf('biggest')).filter((name) => refused.test(name))).toEqual([]);
	});
});

/** A member of `settings`, and what the compiler says of it. */
const refused = [
	// No setting, or one that is not given by a person.
	["LEAD_TEST_POLICYS: 'journal'", /Error \w+: The property "LEAD_TEST_POLICYS" is not allowed.*Did you mean "LEAD_TEST_POLICY"/],
	["Lead_Same_Person: 'mention'", /Error \w+: The property "Lead_Same_Person" is not allowed/],
	["emailFrom: 'leads@contoso.com'", /Error \w+: The property "emailFrom" is not allowed/],
	["AZURE_CLIENT_ID: '11111111-2222-3333-4444-555555555555'", /Error \w+: The property "AZURE_CLIENT_ID" is not allowed/],
	["AzureWebJobsStorage: 'UseDevelopmentStorage=true'", /Error \w+: The property "AzureWebJobsStorage" is not allowed/],
	// Not one of the words to choose from, or no text.
	["LEAD_DNC_POLICY: 'delivered'", /Error \w+: The property "LEAD_DNC_POLICY" expected .*'deliver' \| 'journal'/],
	['EMAIL_MAX_PER_HOUR: 50', /Error \w+: The property "EMAIL_MAX_PER_HOUR" expected .*string/],
	["EMAIL_TO: ['sales@contoso.com']", /Error \w+: The property "EMAIL_TO" expected .*string/],
	['DATAVERSE_DUPLICATE_DETECTION: true', /Error \w+: The property "DATAVERSE_DUPLICATE_DETECTION" expected .*'false' \| 'true'/],
] as const;

/** What only Azure knows. */
const evaluated = {
	AZURE_CLIENT_ID: '11111111-2222-3333-4444-555555555555',
	AzureWebJobsStorage__clientId: '11111111-2222-3333-4444-555555555555',
	AzureWebJobsStorage__blobServiceUri: 'https://stleads.blob.core.windows.net/',
	AzureWebJobsStorage__queueServiceUri: 'https://stleads.queue.core.windows.net/',
	AzureWebJobsStorage__tableServiceUri: 'https://stleads.table.core.windows.net/',
};
