import { describe, expect, it } from '@jest/globals';
import { crmSettingsOf } from '../../../../shared/destinations/crm/crm-settings.ts';
import { readSettings } from '../../../../shared/settings/read-settings.ts';

const read = (map: string, owner?: string) => {
	const { own, issues } = readSettings({ DATAVERSE_FIELDS: map, ...(owner && { DATAVERSE_OWNER: owner }) });
	return {
		crm: crmSettingsOf({ own }),
		issues: issues.filter(({ setting }) => setting === 'DATAVERSE_FIELDS' || setting === 'DATAVERSE_OWNER'),
	};
};

describe('the settings of the CRM record', () => {
	it('are there as they are written when they are right', () => {
		const fields = {
			new_region: '{{country}}',
			new_seats: 5,
			donotemail: true,
			jobtitle: null,
			new_plan: { value: 'Basic', type: 'choice' },
			campaignid: { lookup: 'campaigns', by: 'codename', value: '{{campaign.mktcmpid}}' },
			transactioncurrencyid: { lookup: 'transactioncurrencies', value: '5a4db0c5-0000-4000-8000-000000000041' },
		};
		expect(read(JSON.stringify(fields), 'team:Marketplace sales')).toEqual({
			crm: expect.objectContaining({ fields, owner: 'team:Marketplace sales' }),
			issues: [],
		});
	});

	it('lose only the columns that are wrong, each of which is named, and stop nothing', () => {
		const { crm, issues } = read('{"new_region":"{{contry}}","new_seats":5,"New_Plan":"x","new_a":{"valu":"x"}}', 'user:');
		expect(crm.fields).toEqual({ new_seats: 5 });
		expect(crm.owner).toBeUndefined();
		expect(issues.map(({ problem }) => problem).sort()).toEqual([
			'column `New_Plan`: is not a logical name of a column; did you mean `new_plan`?',
			'column `new_a`: `valu` is not a property; did you mean `value`?',
			'column `new_a`: `value` is missing',
			'column `new_region`: the template holds {{contry}}, which is not known; did you mean {{country}}?',
			'names no one after user:',
		]);
		for (const issue of issues) expect(issue).toMatchObject({ allowed: expect.stringMatching(/\S/), blocks: [] });
	});
});
