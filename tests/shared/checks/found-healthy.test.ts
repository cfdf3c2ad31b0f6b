import { describe, expect, it } from '@jest/globals';
import { type CheckLine, failure, ok, warning } from '../../../shared/basics/check-line.ts';
import { foundHealthy } from '../../../shared/checks/check-journal.ts';
import { readSettings } from '../../../shared/settings/read-settings.ts';
import { workingSettings } from '../../support/app.ts';

const environment = { ...workingSettings, AzureWebJobsStorage: 'UseDevelopmentStorage=true' };
const settings = readSettings(environment);
const crm = [ok('dataverse', 'known'), ok('privileges', 'all'), ok('lead table', 'there')];

describe('a destination', () => {
	it.each<[string, CheckLine[]]>([
		['is taken', crm],
		['tells not all of it', [...crm, warning('lead columns', 'odd', 'look')]],
	])('is found healthy when it %s', (_, lines) => {
		expect(foundHealthy('crm', lines, { settings })).toBe(true);
	});

	it.each<[string, CheckLine[]]>([
		['was not looked at', []],
		['does not know us', [failure('dataverse', 'no', 'do')]],
		['lacks a privilege', [...crm, failure('privileges', 'no', 'do')]],
		['is another', [ok('mailbox', 'open')]],
	])('is not when it %s', (_, lines) => {
		expect(foundHealthy('crm', lines, { settings })).toBe(false);
	});

	it('is not when it cannot be told, nor when a setting that it needs is wrong', () => {
		expect(foundHealthy('email', [warning('mailbox', 'who knows', 'try')], { settings })).toBe(false);
		const wrong = readSettings({ ...environment, EMAIL_TO: 'nobody' });
		expect(foundHealthy('email', [ok('mailbox', 'open')], { settings: wrong })).toBe(false);
	});
});
