import { describe, expect, it } from '@jest/globals';
import { settingMeant } from '../../../shared/checks/setting-meant.ts';
import { settingNames } from '../../../shared/settings/catalogue.ts';

describe('a name that resembles a setting', () => {
	it.each([
		['EMIAL_TO', 'EMAIL_TO'],
		['EMAILTO', 'EMAIL_TO'],
		['EMAIL-TO', 'EMAIL_TO'],
		['MAIL_TO', 'EMAIL_TO'],
		['E_MAIL_FROM', 'EMAIL_FROM'],
		['emial_subject', 'EMAIL_SUBJECT'],
		['LAED_DESTINATIONS', 'LEAD_DESTINATIONS'],
		['LEADS_DESTINATIONS', 'LEAD_DESTINATIONS'],
		['LEADDESTINATION', 'LEAD_DESTINATIONS'],
		['DATVERSE_URL', 'DATAVERSE_URL'],
		['DATEVERSE_URL', 'DATAVERSE_URL'],
		['GARPH_BASE_URL', 'GRAPH_BASE_URL'],
		['DELIVERRY_RETRY_WINDOW', 'DELIVERY_RETRY_WINDOW'],
		['BOARD_CLIENTID', 'BOARD_CLIENT_ID'],
		['BORD_TENANT_ID', 'BOARD_TENANT_ID'],
		['BOARD_TENNANT_ID', 'BOARD_TENANT_ID'],
		['AZURE_CLIENTID', 'AZURE_CLIENT_ID'],
		['WEBHOK_SALES_URL', 'WEBHOOK_SALES_URL'],
		['WEBHOOKS_SALES_FORMAT', 'WEBHOOK_SALES_FORMAT'],
		['WEBHOK_SALES_ULR', 'WEBHOOK_SALES_URL'],
		['WEBHOOK-SALES-URL', 'WEBHOOK_SALES_URL'],
		['WEBHOOK-SALES-ULR', 'WEBHOOK_SALES_URL'],
		['WEBHOOK.SALES.URL', 'WEBHOOK_SALES_URL'],
	])('%s is told to be meant as %s', (name, meant) => {
		expect(settingMeant(name, { [name]: 'x' })).toBe(meant);
	});

	it.each(settingNames.filter((name) => name.length > 8))('%s is recognised with two letters in each other’s place', (name) => {
		const mistyped = name.slice(0, 1) + name.charAt(2) + name.charAt(1) + name.slice(3);
		if (mistyped === name) return;
		expect(settingMeant(mistyped, {})).toBe(name);
	});

	it.each(settingNames)('%s is itself, in any letter case', (name) => {
		expect([settingMeant(name, {}), settingMeant(name.toLowerCase(), {})]).toEqual([undefined, undefined]);
	});

	it.each([
		...['EMAIL', 'MAIL', 'MAILTO', 'PATH', 'HOME', 'LANG', 'LEADER', 'USER', 'WEBHOOK', 'WEBHOOKS', 'BOARD', 'DATABASE_URL', 'GIT_EMAIL'],
		...[
			'AZURE_TENANT_ID',
			'AZURE_CLIENT_SECRET',
			'AZURE_SUBSCRIPTION_ID',
			'ARM_CLIENT_ID',
			'MSI_ENDPOINT',
			'IDENTITY_ENDPOINT',
			'IDENTITY_HEADER',
		],
		...[
			'WEBSITE_SITE_NAME',
			'WEBSITE_INSTANCE_ID',
			'WEBSITE_AUTH_ENABLED',
			'WEBSITE_AUTH_CLIENT_ID',
			'WEBSITE_HOSTNAME',
			'WEBSITE_TIME_ZONE',
		],
		...['FUNCTIONS_WORKER_RUNTIME', 'FUNCTIONS_EXTENSION_VERSION', 'APPLICATIONINSIGHTS_CONNECTION_STRING', 'APPSETTING_EMAIL_TO'],
		...[
			'AzureWebJobsStorage',
			'AzureWebJobs.LeadDelivery.Disabled',
			'AzureWebJobsSecretStorageType',
			'AzureFunctionsJobHost__logging__logLevel__default',
		],
		...['npm_config_email', 'GIT_AUTHOR_EMAIL', 'VSCODE_PID', 'SSH_CLIENT', 'TERM_PROGRAM', 'WEB_HOOK_SALES', 'HOOK_SALES_URL'],
	])('%s is someone else’s', (name) => {
		expect(settingMeant(name, { [name]: 'x' })).toBeUndefined();
	});
});
