import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { exampleLead } from '../../../sandbox/example-lead.ts';
import { doubtsAbout } from '../../../sandbox/start/doubts-about.ts';
import { welcome } from '../../../sandbox/start/welcome.ts';
import { leadFixture } from '../../support/lead-fixtures.ts';

const local = {
	intakeUrl: 'http://127.0.0.1:7071/api/leads?code=a-key==',
	boardUrl: 'http://127.0.0.1:7071/board',
	sandboxUrl: 'http://127.0.0.1:7080',
	settings: {},
};
const options = { tookS: 2.14, dataFolder: '.data', leadsOff: [], platform: 'linux' as const };
const curlIn = (text: string) => text.split('\n').find((line) => line.startsWith('curl')) ?? '';

describe('The welcome', () => {
	it('names the intake with its key, both pages, and where leads are kept', () => {
		const text = welcome(local, options);
		for (const part of [
			'2.1 s',
			local.intakeUrl,
			'http://127.0.0.1:7080/mailbox',
			'http://127.0.0.1:7080/crm',
			'http://127.0.0.1:7080  (cut off',
			'.data',
			'UTC',
		])
			expect(text).toContain(part);
		expect(text).not.toContain('leave this machine');
		expect(text).not.toContain('/messages');
	});

	it('names the page of messages where an endpoint leads to the sandbox', () => {
		const settings = { WEBHOOK_SALES_URL: 'http://127.0.0.1:7080/hooks/slack/sales' };
		expect(welcome({ ...local, settings }, options)).toContain('Messages  http://127.0.0.1:7080/messages');
	});

	it('has a line of curl that a shell hands on whole', () => {
		const line = curlIn(welcome(local, options)).replace(/^curl/, "printf '%s\\n'");
		const [, url, , header, , body] = execFileSync('sh', ['-c', line], { encoding: 'utf8' }).split('\n');
		expect([url, header]).toEqual([local.intakeUrl, 'content-type: application/json']);
		expect(JSON.parse(body ?? '')).toEqual(JSON.parse(Buffer.from(leadFixture('published-2020')).toString()));
	});

	it('has one for Windows too', () => {
		const line = curlIn(welcome(local, { ...options, platform: 'win32' }));
		expect(line).not.toContain("'");
		expect(line).toContain(`-d "${JSON.stringify(exampleLead).replaceAll('"', '\\"')}"`);
	});

	it('says what leads off this machine', () => {
		const [first] = welcome(local, { ...options, leadsOff: ['GRAPH_BASE_URL', 'DATAVERSE_URL'] }).split('\n');
		expect(first).toBe('WARNING: calls leave this machine: GRAPH_BASE_URL, DATAVERSE_URL name services elsewhere.');
	});

	it('says what the doctor finds wrong with the settings', async () => {
		const doubts = await doubtsAbout({
			AzureWebJobsStorage: 'UseDevelopmentStorage=true',
			LEAD_DESTINATIONS: 'fax',
			EMAIL_TOO: 'a@contoso.com',
		});
		const text = welcome(local, { ...options, doubts });
		expect(text).toMatch(/^ {2}failure: settings: .*LEAD_DESTINATIONS/m);
		expect(text).toMatch(/^ {2}warning: settings: .*EMAIL_TO/m);
	});
});
