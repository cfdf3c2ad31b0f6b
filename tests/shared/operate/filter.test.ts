import { describe, expect, it } from '@jest/globals';
import type { ListedLead } from '../../../shared/journal/entries.ts';
import { matches } from '../../../shared/operate/filter.ts';

const lead = {
	receivedAt: 1,
	deliveries: {},
	summary: { name: 'Zoë  Ångström', company: 'Łódź Straße GmbH', email: 'zoe@contoso.com', offer: 'Contoso Backup' },
} as unknown as ListedLead;
const finds = (search: string) => matches(lead, { since: 0, until: 2, search });

describe('A search', () => {
	it.each(['zoe', 'ZOË', 'angstrom', 'Ａngström', 'lodz', 'strasse', 'zoe contoso', 'backup  zoe', ' zoe '])('finds %j', (search) => {
		expect(finds(search)).toBe(true);
	});

	it.each(['zoe fabrikam', 'zoex', 'grace'])('does not find %j', (search) => {
		expect(finds(search)).toBe(false);
	});
});
