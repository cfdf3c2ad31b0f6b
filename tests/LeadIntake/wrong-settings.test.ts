import { describe, expect, it } from '@jest/globals';
import { toResponse } from '../../LeadIntake/receive-lead.ts';
import { type IntakeDeps, takeReceipt } from '../../LeadIntake/take-receipt.ts';
import { catalogue, settingNames } from '../../shared/settings/catalogue.ts';
import { readSettings } from '../../shared/settings/read-settings.ts';
import type { SettingIssue, Settings } from '../../shared/settings/settings.ts';
import { workingSettings } from '../support/app.ts';
import { bytesOf, payload } from '../support/payload.ts';
import { wrongSettings } from '../support/wrong-settings.ts';

const right = { ...workingSettings, AzureWebJobsStorage: 'UseDevelopmentStorage=true' };

/** An intake on which everything works but the settings. */
const intakeWith = (settings: Settings): IntakeDeps => ({
	settings,
	journal: async () => ({
		accept: async ({ leadId, receivedAt }) => ({ status: 'accepted', leadId, receivedAt }),
		reject: async () => 'kept' as const,
	}),
	spill: async () => async () => undefined,
	bell: async () => async () => undefined,
	deadline: (ms) => AbortSignal.timeout(ms),
	log: () => undefined,
});
const receipt = { leadId: '0190a0b0-c0d0-7000-8000-000000000001', receivedAt: 1_790_000_000_000, payload: bytesOf(payload()) };
const said = ({ setting, problem, allowed }: SettingIssue) => `${setting} ${problem}; allowed: ${allowed}`;

const rows = Object.entries(wrongSettings).flatMap(([name, values]) => values.map(([value, words]) => ({ name, value, words })));

describe('a wrong setting', () => {
	it('is tried three times over for every setting', () => {
		expect(settingNames.map((name) => [name, new Set(wrongSettings[name]?.map(([value]) => value)).size])).toEqual(
			settingNames.map((name) => [name, 3]),
		);
	});

	it.each(rows)(
		'$name=$value is named, with what is wrong and what is allowed, and the intake answers 202',
		async ({ name, value, words }) => {
			const settings = readSettings({ ...right, [name]: value });
			expect(settings.issues.map(({ setting }) => setting)).toEqual([name]);
			const messages = settings.issues.map(said);
			expect(messages).toEqual([expect.stringContaining(`${name} ${words}`)]);
			expect(messages[0]?.endsWith(`; allowed: ${catalogue[name]?.allowed}`)).toBe(true);
			if (value.trim().length > 3) expect(messages.join()).not.toContain(value);
			expect(toResponse(await takeReceipt(receipt, intakeWith(settings)))).toMatchObject({ status: 202 });
		},
	);

	it.each([
		[undefined, 'is missing or incomplete'],
		['  ', 'is missing or incomplete'],
		['rubbish', 'is not a connection string'],
	])('AzureWebJobsStorage=%s is named, with what is wrong and what is allowed', (value, words) => {
		const messages = readSettings({ ...right, AzureWebJobsStorage: value }).issues.map(said);
		expect(messages).toEqual([`AzureWebJobsStorage ${words}; allowed: a connection string, or ${byIdentity}`]);
	});
});

const byIdentity = 'AzureWebJobsStorage__queueServiceUri and AzureWebJobsStorage__tableServiceUri';
