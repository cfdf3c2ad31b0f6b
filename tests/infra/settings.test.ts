import { expect, it } from '@jest/globals';
import { checkStorageSettings } from '../../shared/checks/check-storage-settings.ts';
import { openCheckDeps } from '../../shared/checks/open-check-deps.ts';
import { openServices } from '../../shared/services.ts';
import { catalogue, settingNames } from '../../shared/settings/catalogue.ts';
import { readSettings } from '../../shared/settings/read-settings.ts';
import { describeWithBicep } from './bicep.ts';
import { type ParameterSet, predict, theOnly } from './predict.ts';

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

async function settingsOf(set: ParameterSet): Promise<Record<string, string>> {
	const { appSettings } = theOnly(await predict(set), 'Microsoft.Web/sites').properties.siteConfig;
	return Object.fromEntries(appSettings.map(({ name, value }: { name: string; value: string }) => [name, value]));
}

const defaults = Object.fromEntries(
	Object.entries(catalogue).flatMap(([name, entry]) => (entry.default === undefined ? [] : [[name, entry.default]])),
);

describeWithBicep('the app settings', () => {
	it("are the catalogue's, every one, when every parameter is given (a new setting needs a parameter and a line in infra/main.bicep)", async () => {
		const names = Object.keys(await settingsOf('biggest'));
		const signIn = 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID';
		expect(names.sort()).toEqual([...settingNames, ...ofThePlatform, signIn].sort());
	});

	it("have the catalogue's defaults when nothing is given but a destination", async () => {
		const { LEAD_DESTINATIONS, DATAVERSE_URL, AZURE_CLIENT_ID, ...rest } = await settingsOf('crm-only');
		expect({ LEAD_DESTINATIONS, DATAVERSE_URL }).toEqual({ LEAD_DESTINATIONS: 'crm', DATAVERSE_URL: 'https://contoso.crm4.dynamics.com' });
		expect(AZURE_CLIENT_ID).toMatch(/\.clientId\]$/);
		expect(Object.fromEntries(Object.entries(rest).filter(([name]) => !ofThePlatform.includes(name)))).toEqual(defaults);
	});

	it('are what the parameters say, in the words that the app reads', async () => {
		const { issues, ...settings } = readSettings({ ...(await settingsOf('biggest')), ...evaluated });
		expect(issues).toEqual([]);
		expect(settings).toMatchObject({
			destinations: ['email', 'crm'],
			testPolicy: 'journal',
			dncPolicy: 'deliver',
			own: {
				email: {
					from: 'leads@contoso.com',
					to: ['sales@contoso.com', 'alliances@contoso.com'],
					cc: ['partners@contoso.com'],
					maxPerHour: 1000,
				},
				crm: { url: 'https://contoso.crm9.dynamics.com', leadSource: 8, duplicateDetection: true },
			},
		});
	});

	it.each(['example', 'email-only', 'crm-only', 'both-with-sign-in'] as const)('of %s satisfy the app', async (set) => {
		expect(readSettings({ ...(await settingsOf(set)), ...evaluated }).issues).toEqual([]);
	});

	it('are never a default of the biggest set, so that a parameter that goes nowhere is seen', async () => {
		const given = await settingsOf('biggest');
		expect(Object.entries(defaults).filter(([name, value]) => given[name] === value)).toEqual([]);
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

/** What only Azure knows. */
const evaluated = {
	AZURE_CLIENT_ID: '11111111-2222-3333-4444-555555555555',
	AzureWebJobsStorage__clientId: '11111111-2222-3333-4444-555555555555',
	AzureWebJobsStorage__blobServiceUri: 'https://stleads.blob.core.windows.net/',
	AzureWebJobsStorage__queueServiceUri: 'https://stleads.queue.core.windows.net/',
	AzureWebJobsStorage__tableServiceUri: 'https://stleads.table.core.windows.net/',
};
