import { describe, expect, it } from '@jest/globals';
import { sandboxSettings } from '../../../sandbox/sandbox-settings.ts';
import { appSettings, leadsOff, namesStorage } from '../../../sandbox/start/app-settings.ts';
import { readSettings } from '../../../shared/settings/read-settings.ts';

const sandbox = { url: 'http://127.0.0.1:7080', connectionString: 'emulator' };
const settings = (named: Record<string, string | undefined> = {}) => appSettings(named, sandbox);

describe('App settings', () => {
	it('point at the sandbox when nothing was named', () => {
		expect(settings()).toEqual({ ...sandboxSettings(sandbox.url), AzureWebJobsStorage: 'emulator' });
	});

	it('that were named win, blank ones too', () => {
		expect(settings({ EMAIL_TO: 'me@contoso.example', LEAD_DESTINATIONS: '', OWN: 'x' })).toMatchObject({
			EMAIL_TO: 'me@contoso.example',
			LEAD_DESTINATIONS: '',
			OWN: 'x',
		});
	});

	it('take development storage for the emulator that is started here', () => {
		for (const AzureWebJobsStorage of ['UseDevelopmentStorage=true', 'usedevelopmentstorage=true;', ' ', undefined])
			expect(settings({ AzureWebJobsStorage }).AzureWebJobsStorage).toBe('emulator');
	});

	it.each([
		[{ AzureWebJobsStorage: 'AccountName=real' }],
		[{ AzureWebJobsStorage__accountName: 'real' }],
		[{ AzureWebJobsStorage__queueServiceUri: 'https://real' }],
	])('leave a storage account that was named alone: %j', (named) => {
		expect(namesStorage(named)).toBe(true);
		expect(appSettings(named, { ...sandbox, connectionString: undefined })).toMatchObject(named);
	});

	it('leave the sandbox’s identity away where a destination is not on this machine', () => {
		for (const named of [{ GRAPH_BASE_URL: 'https://graph.microsoft.com' }, { DATAVERSE_URL: 'https://contoso.crm4.dynamics.com' }]) {
			expect(settings(named)).not.toHaveProperty('IDENTITY_ENDPOINT');
			expect(settings({ ...named, IDENTITY_ENDPOINT: 'http://mine' })).toHaveProperty('IDENTITY_ENDPOINT', 'http://mine');
		}
		expect(settings({ DATAVERSE_URL: 'http://localhost:9000' })).toHaveProperty('IDENTITY_ENDPOINT');
	});

	it.each([
		['standard', '/hooks/standard/sales', ['WEBHOOK_SALES_SECRET']],
		['slack', '/hooks/slack/sales', []],
		['teams', '/hooks/teams/sales', []],
		['json', '/hooks/json/sales', []],
		['hubspot', '/hooks/hubspot/sales', []],
		['googlechat', '/hooks/googlechat/sales?key=sandbox&token=sandbox', []],
		['form', '/hooks/form/sales/servlet/servlet.WebToLead?encoding=UTF-8', ['WEBHOOK_SALES_FIELDS']],
		['custom', '/hooks/custom/sales', ['WEBHOOK_SALES_BODY']],
	])('give an endpoint that is named by its format alone a hook of the sandbox, and leads to it: %s', (format, path, further) => {
		const named = settings({ webhook_sales_FORMAT: format });
		expect(named).toMatchObject({ LEAD_DESTINATIONS: 'email;crm;webhook:sales', WEBHOOK_SALES_URL: sandbox.url + path });
		expect(Object.keys(named)).toEqual(expect.arrayContaining(further));
		const read = readSettings({ ...named, AzureWebJobsStorage: 'UseDevelopmentStorage=true' });
		expect([read.issues, read.warnings, read.destinations]).toEqual([[], [], ['email', 'crm', 'webhook:sales']]);
	});

	it('leave an endpoint alone that has an address, and the destinations where they are named', () => {
		const WEBHOOK_SALES_URL = 'https://hooks.slack.com/services/T/B/x';
		expect(settings({ WEBHOOK_SALES_URL })).toMatchObject({ LEAD_DESTINATIONS: 'email;crm', WEBHOOK_SALES_URL });
		expect(settings({ WEBHOOK_OWN_FORMAT: 'standard', WEBHOOK_OWN_SECRET: 'mine', LEAD_DESTINATIONS: 'email' })).toMatchObject({
			LEAD_DESTINATIONS: 'email',
			WEBHOOK_OWN_SECRET: 'mine',
			WEBHOOK_OWN_URL: `${sandbox.url}/hooks/standard/own`,
		});
		expect(leadsOff({ WEBHOOK_SALES_URL })).toEqual(['WEBHOOK_SALES_URL']);
	});

	it('that lead off this machine are told', () => {
		expect(leadsOff({ GRAPH_BASE_URL: 'http://127.0.0.1:1/graph', EMAIL_TO: 'x' })).toEqual([]);
		expect(leadsOff({ GRAPH_BASE_URL: 'https://graph.microsoft.com', AzureWebJobsStorage: 'real' })).toEqual([
			'AzureWebJobsStorage',
			'GRAPH_BASE_URL',
		]);
	});
});
