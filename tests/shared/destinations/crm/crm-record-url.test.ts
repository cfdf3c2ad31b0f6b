import { expect, it } from '@jest/globals';
import { crmRecordUrl } from '../../../../shared/destinations/crm/crm.ts';

it('leads to the form of the lead', () => {
	expect(crmRecordUrl('https://contoso.crm4.dynamics.com', '0199aaaa-bbbb-7ccc-8ddd-eeee1a2b3c4d')).toBe(
		'https://contoso.crm4.dynamics.com/main.aspx?etn=lead&id=0199aaaa-bbbb-7ccc-8ddd-eeee1a2b3c4d&pagetype=entityrecord',
	);
});
