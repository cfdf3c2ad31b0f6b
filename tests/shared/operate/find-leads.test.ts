import { expect, it } from '@jest/globals';
import type { Journal } from '../../../shared/journal/journal.ts';
import { findLeads } from '../../../shared/operate/find-leads.ts';

it.each([
	['500 leads at once', {}, 500],
	['fewer beside something that must not wait', { atOnce: 100 }, 100],
])('reads %s to look at their payloads', async (_, more, most) => {
	const asked: object[] = [];
	const journal = {
		leads: async (_span: object, options: object) => {
			asked.push(options);
			return { items: [], ...(asked.length < 2 && { next: '01a0b0c0-d0e0-7000-8000-000000000001' }) };
		},
	} as unknown as Journal;
	const deps = { journal: async () => journal, deadline: () => AbortSignal.timeout(9000), destinations: ['crm'], ...more };
	const filter = { since: 0, until: 1, facets: { country: 'FR' } };
	expect(await findLeads(filter, { most: 50, mostRead: 5000 }, deps)).toEqual({ items: [] });
	expect(asked).toEqual([
		{ most, payloads: true },
		{ most, payloads: true },
	]);
});
