import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { nextSteps } from '../../../tools/next-steps/next-steps.ts';

const deployed = {
	subscriptionId: 's',
	resourceGroup: 'g',
	name: 'func-leads',
	intakeUrl: 'https://func-leads.azurewebsites.net/api/leads',
	appUrl: 'https://func-leads.azurewebsites.net',
	clientId: 'client',
	principalId: 'principal',
	key: { ok: true as const, key: 'a/b==' },
};

describe('nextSteps', () => {
	it('gives the address for Partner Center as it can be pasted', () => {
		expect(nextSteps(deployed)).toContain('\n  https://func-leads.azurewebsites.net/api/leads?code=a%2Fb%3D%3D\n');
	});

	it('says how to read the key when it was not read', () => {
		const text = nextSteps({ ...deployed, key: { ok: false, problem: 'it is shown on a terminal only' } });
		expect(text).toContain('it is shown on a terminal only');
		expect(text).toContain('az functionapp function keys list --resource-group g --name func-leads --function-name LeadIntake');
	});

	it('names scripts that exist, with the ids of this identity', () => {
		const text = nextSteps(deployed);
		expect(text).toContain('-ClientId client -ObjectId principal');
		const scripts = text.match(/infra\/permissions\/[\w-]+\.\w+/g) ?? [];
		expect(scripts).toHaveLength(2);
		for (const script of scripts) expect(existsSync(script)).toBe(true);
	});
});
