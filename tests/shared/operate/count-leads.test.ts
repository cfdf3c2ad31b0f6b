import { describe, expect, it } from '@jest/globals';
import type { ListedLead } from '../../../shared/journal/entries.ts';
import type { DailyCounts, FacetCounts, Span } from '../../../shared/journal/journal.ts';
import { type CountDeps, type CountWish, countLeads } from '../../../shared/operate/count-leads.ts';
import { bytesOf, payload } from '../../support/payload.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const dayMs = 86_400_000;

interface Given {
	leads?: ListedLead[];
	days?: { day: string; counts: Partial<DailyCounts>; under?: Partial<FacetCounts> }[];
}

/** A journal that holds these, read by pages of 2. */
function journalOf({ leads = [], days = [] }: Given) {
	const asked: { payloads: boolean | undefined }[] = [];
	const isAsked = (range: { first: string; last: string }) => (row: { day: string }) => row.day >= range.first && row.day <= range.last;
	const journal: Awaited<ReturnType<CountDeps['journal']>> = {
		async leads({ since, until, after }: Span, { payloads }) {
			asked.push({ payloads });
			const all = leads.filter(({ receivedAt }) => receivedAt >= since && receivedAt <= until);
			const begin = after === undefined ? 0 : all.findIndex(({ leadId }) => leadId === after) + 1;
			const items = all.slice(begin, begin + 2);
			return { items, ...(begin + 2 < all.length && { next: items.at(-1)?.leadId ?? '' }) };
		},
		counts: async (range) => days.filter(isAsked(range)).map(({ day, counts }) => ({ day, counts: counts as DailyCounts })),
		facetCounts: async (range) =>
			days.filter(isAsked(range)).map(({ day, under }) => ({ day, under: { offer: {}, country: {}, action: {}, ...under } })),
	};
	return { journal: async () => journal, asked };
}

let ids = 0;
const lead = (posted: Parameters<typeof payload>[0], more: Partial<ListedLead> & { at?: number } = {}) => {
	const { at = now, ...rest } = more;
	return {
		leadId: `lead ${++ids}`,
		receivedAt: at,
		deliveries: {},
		summary: { offer: 'Contoso CRM', action: 'INS' },
		payload: bytesOf(payload(posted)),
		contentType: 'application/json',
		...rest,
	} as unknown as ListedLead;
};
const from = (Country: unknown, more?: Parameters<typeof lead>[1]) => lead({ UserDetails: { Country } }, more);
const count = (given: Given, wish: Partial<CountWish>) =>
	countLeads(
		{ by: 'country', since: 0, until: Number.MAX_SAFE_INTEGER, most: 20, ...wish },
		{ ...journalOf(given), clock: () => now, deadline: (ms) => AbortSignal.timeout(ms), onProgress: () => undefined },
	);
const rowsOf = ({ rows }: Awaited<ReturnType<typeof count>>) => rows.map(({ value, leads }) => [value, leads]);

describe('leads by country', () => {
	it('are counted by the country that is meant, the commonest first', async () => {
		const leads = ['Germany', 'DE', 'Deutschland', 'GB', 'UK', 'Atlantis', undefined].map((country) => from(country));
		const counted = await count({ leads }, {});
		expect(rowsOf(counted)).toEqual([
			['DE', 3],
			['GB', 2],
			['', 1],
			['Atlantis', 1],
		]);
		expect(counted).toMatchObject({ leads: 7, tests: 0, erased: 0, uncounted: 0 });
		expect(counted).not.toHaveProperty('others');
	});

	it('leave tests out, and say so', async () => {
		expect(await count({ leads: [from('DE'), from('DE', { summary: { isTest: true } })] }, {})).toMatchObject({ leads: 1, tests: 1 });
	});

	it('are summed up where they are many', async () => {
		const leads = ['DE', 'DE', 'FR', 'FR', 'ES', 'IT'].map((country) => from(country));
		expect(await count({ leads }, { most: 2 })).toMatchObject({ leads: 6, others: { values: 2, leads: 2 } });
	});

	it('go on where leads were erased: by the counts of their days', async () => {
		const days = [
			{ day: '2026-05-01', counts: { received: 12, tests: 2, email: 10 }, under: { country: { DE: 5, FR: 2, '': 1 } } },
			{ day: '2026-05-02', counts: { received: 3, tests: 0 } },
		];
		const counted = await count({ leads: [from('DE')], days }, {});
		expect(rowsOf(counted)).toEqual([
			['DE', 6],
			['FR', 2],
		]);
		expect(counted).toMatchObject({ leads: 9, erased: 8, tests: 2, uncounted: 5, others: { values: 1, leads: 1 } });
	});

	it('count only whole days of those that were erased', async () => {
		const days = ['2026-05-01', '2026-05-02', '2026-05-03'].map((day) => ({ day, counts: { received: 1 }, under: { country: { DE: 1 } } }));
		const span = { since: Date.parse('2026-05-01T10:00:00Z'), until: Date.parse('2026-05-03T10:00:00Z') };
		expect(await count({ days }, span)).toMatchObject({ leads: 1, uncounted: 2 });
		expect(await count({ days }, { since: Date.parse('2026-05-01'), until: Date.parse('2026-05-04') - 1 })).toMatchObject({
			leads: 3,
			uncounted: 0,
		});
	});

	it('cannot count erased leads by what no count is left of', async () => {
		const days = [{ day: '2026-05-01', counts: { received: 4, tests: 1 }, under: { country: { DE: 3 } } }];
		const where = () => true;
		expect(await count({ days }, { where })).toMatchObject({ leads: 0, uncounted: 3 });
		expect(await count({ days }, { by: 'campaign' })).toMatchObject({ leads: 0, uncounted: 3 });
	});
});

describe('leads by something else', () => {
	it('are counted by their summaries alone where these say it', async () => {
		const leads = [lead({}), lead({}, { summary: { offer: 'constructor' } })];
		const { asked, ...deps } = journalOf({ leads });
		const wish = { since: 0, until: Number.MAX_SAFE_INTEGER, most: 20 };
		const rest = { ...deps, clock: () => now, deadline: (ms: number) => AbortSignal.timeout(ms), onProgress: () => undefined };
		expect(rowsOf(await countLeads({ ...wish, by: 'offer' }, rest))).toEqual([
			['Contoso CRM', 1],
			['constructor', 1],
		]);
		expect(asked).toEqual([{ payloads: false }]);
		await countLeads({ ...wish, by: 'source' }, rest);
		expect(asked.at(-1)).toEqual({ payloads: true });
	});

	it('count under each campaign of theirs', async () => {
		const leads = ['{"mktcmpid":"spring"}', '{"mktcmpid":"spring","utm_campaign":"sale"}', '{"a":"1"}', 'Call me'].map((Description) =>
			lead({ Description }),
		);
		expect(rowsOf(await count({ leads }, { by: 'campaign' }))).toEqual([
			['spring', 2],
			['', 1],
			['a=1', 1],
			['sale', 1],
		]);
	});

	it('tell the states at each destination', async () => {
		const leads = [
			lead({}, { deliveries: { email: { state: 'delivered' }, crm: { state: 'parked' } } as never }),
			lead({}, { deliveries: { email: { state: 'delivered' } } as never }),
			lead({}),
		];
		const days = [
			{ day: '2026-05-01', counts: { received: 5, tests: 0, duplicates: 2, rejected: 1, rejectedNotKept: 9, email: 4, crm: 0 } },
		];
		expect((await count({ leads, days }, { by: 'destination' })).rows).toEqual([
			{ value: 'email', leads: 6, states: { delivered: 6 } },
			{ value: '', leads: 1 },
			{ value: 'crm', leads: 1, states: { parked: 1 } },
		]);
	});

	it('are counted day by day, those without leads too', async () => {
		const leads = [from('DE'), from('DE', { at: now - 2 * dayMs })];
		const days = [{ day: '2026-11-20', counts: { received: 3, tests: 1 } }];
		expect(rowsOf(await count({ leads, days }, { by: 'day' }))).toEqual([
			['2026-11-20', 2],
			['2026-11-21', 1],
			['2026-11-22', 0],
			['2026-11-23', 1],
		]);
		expect(rowsOf(await count({ leads }, { by: 'day', since: now - 2 * dayMs, until: now - dayMs }))).toEqual([
			['2026-11-21', 1],
			['2026-11-22', 0],
		]);
		expect(await count({}, { by: 'day' })).toMatchObject({ leads: 0, rows: [] });
	});

	it.each([
		['2026-12-28', '2026-W53'],
		['2027-01-03', '2026-W53'],
		['2027-01-04', '2027-W01'],
		['2024-12-30', '2025-W01'],
		['2021-01-03', '2020-W53'],
	])('are counted by ISO weeks: %s is in %s', async (day, week) => {
		const days = [{ day, counts: { received: 1 } }];
		const clock = () => Date.parse('2030-01-01');
		const deps = { ...journalOf({ days }), clock, deadline: (ms: number) => AbortSignal.timeout(ms), onProgress: () => undefined };
		const counted = await countLeads({ by: 'week', since: Date.parse(day), until: Date.parse(day) + dayMs - 1, most: 20 }, deps);
		expect(rowsOf(counted)).toEqual([[week, 1]]);
	});

	it('are counted by weeks without a gap', async () => {
		const rows = rowsOf(
			await count(
				{ leads: [from('DE', { at: Date.parse('2025-12-15') }), from('DE', { at: Date.parse('2026-01-12') })] },
				{ by: 'week', until: Date.parse('2026-01-13') },
			),
		);
		expect(rows.map(([week]) => week)).toEqual(['2025-W51', '2025-W52', '2026-W01', '2026-W02', '2026-W03']);
	});
});
