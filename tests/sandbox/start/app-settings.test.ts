import { describe, expect, it } from '@jest/globals';
import { sandboxSettings } from '../../../sandbox/sandbox-settings.ts';
import { appSettings, leadsOff, namesStorage } from '../../../sandbox/start/app-settings.ts';

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

	it('that lead off this machine are told', () => {
		expect(leadsOff({ GRAPH_BASE_URL: 'http://127.0.0.1:1/graph', EMAIL_TO: 'x' })).toEqual([]);
		expect(leadsOff({ GRAPH_BASE_URL: 'https://graph.microsoft.com', AzureWebJobsStorage: 'real' })).toEqual([
			'AzureWebJobsStorage',
			'GRAPH_BASE_URL',
		]);
	});
});
