import { describe, expect, it } from '@jest/globals';
import { chooseSeries } from '../../../LeadBoard/charts/choose-series.ts';
import { mostLeads, readTally } from '../../../LeadBoard/charts/read-tally.ts';
import { readWaiting } from '../../../LeadBoard/charts/read-waiting.ts';
import { latencyIn, outcomesIn, percentile } from '../../../LeadBoard/charts/sum-days.ts';
import { addErased, addLead, latencyOf, openDay } from '../../../LeadBoard/charts/tally.ts';
import type { ListedLead } from '../../../shared/journal/entries.ts';
import type { DailyCounts, Journal, Ticket } from '../../../shared/journal/journal.ts';
import { newLeadId } from '../../../shared/lead/lead-id.ts';
import { deliveryOf, listedLead, listingJournal } from '../../support/fake-leads.ts';

const now = Date.parse('2026-11-29T12:00:00Z');
const dayMs = 86_400_000;
const deadline = (ms: number) => AbortSignal.timeout(ms);
const read = (leads: ListedLead[], more: Partial<Journal> = {}, range: 7 | 30 | 90 = 7) =>
	readTally({ days: range, by: 'country' }, { ...listingJournal(leads, more), clock: () => now, deadline });
const from = (Country: string, at = now) => listedLead(at, { UserDetails: { Country } });

describe('the days of the charts', () => {
	it('are whole days of UTC up to today, those without leads too', async () => {
		const leads = [now, Date.parse('2026-11-29T00:00:00Z'), Date.parse('2026-11-28T23:59:59.999Z'), Date.parse('2026-11-23T00:00:00Z')];
		const { days, cut } = await read([...leads, Date.parse('2026-11-22T23:59:59Z')].map((at) => listedLead(at)));
		expect(days.map(({ day, leads }) => [day.slice(8), leads])).toEqual([
			['23', 1],
			['24', 0],
			['25', 0],
			['26', 0],
			['27', 0],
			['28', 1],
			['29', 2],
		]);
		expect(cut).toBeUndefined();
	});

	it('leave tests out, but say how many they were', async () => {
		const test = listedLead(now, {}, { summary: { isTest: true }, deliveries: { email: deliveryOf('parked', now) } });
		const { days } = await read([test, listedLead(now)]);
		expect(days.at(-1)).toMatchObject({ leads: 1, tests: 1, outcomes: new Map() });
	});

	it('go on where leads were erased, as far as their counts say', async () => {
		const counts = async () => [
			{ day: '2026-11-28', counts: { received: 9, tests: 1, duplicates: 3, rejected: 2, email: 7 } as DailyCounts },
		];
		const facetCounts = async () => [{ day: '2026-11-28', under: { offer: {}, action: { PLT: 8 }, country: { DE: 5, '': 1 } } }];
		const { days } = await read([from('DE', now - dayMs)], { counts, facetCounts });
		const [day] = days.slice(-2);
		expect(day).toMatchObject({ leads: 9, tests: 1, unknown: { country: 3, action: 0, offer: 8, campaign: 8 } });
		expect(day?.values.country).toEqual(new Map([['DE', 6]]));
		expect(outcomesIn(days, ['email'])).toEqual([['email', { delivered: 0, pending: 0, parked: 0, closed: 0, unreadable: 0, erased: 7 }]]);
	});

	it('are read in a bounded number of pages: of more leads only the newest are counted, by whole days', async () => {
		const perDay = mostLeads / 4;
		const leads = [0, 1, 2, 3, 4, 5].flatMap((ago) => {
			const one = from('DE', now - ago * dayMs);
			return Array.from({ length: perDay }, (_, index) => ({
				...one,
				leadId: newLeadId(one.receivedAt - index),
				receivedAt: one.receivedAt - index,
			}));
		});
		const light = leads.map(({ payload: _, ...lead }) => lead as ListedLead);
		const { days, cut } = await read(light);
		expect([cut, days.map(({ leads }) => leads)]).toEqual(['before', [perDay, perDay, perDay]]);
		const oneDay = light.map((lead, index) => ({ ...lead, receivedAt: now - index, leadId: newLeadId(now - index) }));
		const first = await read(oneDay);
		expect([first.cut, first.days.map(({ day, leads }) => [day, leads])]).toEqual(['first', [['2026-11-29', mostLeads]]]);
	});

	it('end in time where storage is slow', async () => {
		let time = now;
		const journal = listingJournal([], {
			leads: async () => {
				time += 5000;
				return { items: [], next: newLeadId(now - 2 * dayMs) };
			},
		});
		const { cut, days } = await readTally({ days: 30, by: 'offer' }, { ...journal, clock: () => time, deadline });
		expect([cut, days.length, time <= now + 30_000]).toEqual(['before', 2, true]);
	});

	const asker = (leads: ListedLead[]) => {
		let time = now;
		const given = listingJournal(leads);
		const deps = { journal: given.journal, clock: () => time, deadline };
		return {
			pages: given.pages,
			ask: (by: 'offer' | 'action' | 'country' | 'campaign') => readTally({ days: 7, by }, deps),
			wait: (ms: number) => {
				time += ms;
			},
		};
	};
	const summary = { offer: 'CRM', action: 'INS', country: 'France', campaign: 'mktcmpid=spring', isWhole: true };

	it('are read once a minute, whoever asks, and without payloads: summaries say countries and campaigns, too', async () => {
		const { payload: _, ...lead } = listedLead(now, {}, { summary });
		const { ask, pages, wait } = asker([lead as ListedLead]);
		const tallies = await Promise.all([ask('offer'), ask('action'), ask('country'), ask('campaign')]);
		expect(tallies.map(({ days }) => [...(days.at(-1)?.values.country ?? [])])).toEqual(tallies.map(() => [['FR', 1]]));
		expect([...(tallies[0]?.days.at(-1)?.values.campaign ?? [])]).toEqual([['spring', 1]]);
		expect(pages).toEqual([{ most: 500, payloads: false }]);
		wait(60_000);
		await ask('offer');
		expect(pages).toHaveLength(2);
	});

	it('are read again with the payloads of those leads whose summaries do not say their country or campaign, and only for these', async () => {
		const lean = (leads: ListedLead[]) => {
			const { journal } = listingJournal(leads);
			const asked: (boolean | undefined)[] = [];
			const found: string[] = [];
			const list = async (...given: Parameters<Journal['leads']>) => {
				asked.push(given[1].payloads);
				const page = await (await journal()).leads(...given);
				return given[1].payloads ? page : { ...page, items: page.items.map(({ payload: _, ...lead }) => lead as ListedLead) };
			};
			const find = async (id: string) => {
				found.push(id);
				return (await journal()).find(id, deadline(1000));
			};
			const deps = { ...listingJournal([], { leads: list, find }), clock: () => now, deadline };
			return { asked, found, ask: (by: 'offer' | 'country') => readTally({ days: 7, by }, deps) };
		};
		const old = (count: number) => Array.from({ length: count }, (_, index) => from('DE', now - index));
		const countries = async (leads: ListedLead[]) => {
			const { ask, asked, found } = lean(leads);
			await ask('offer');
			expect([asked, found]).toEqual([[false], []]);
			const { days } = await ask('country');
			return { values: [...(days.at(-1)?.values.country ?? [])], asked: asked.slice(1), found: found.length };
		};
		const whole = listedLead(now, {}, { summary });
		expect(await countries([whole, ...old(3)])).toEqual({ values: [['FR', 1], ['DE', 3]], asked: [false], found: 3 }); // biome-ignore format: a line
		expect(await countries(old(300))).toEqual({ values: [['DE', 300]], asked: [false, true, true], found: 0 });
	});
});

describe('the layers of a stack', () => {
	const days = (...values: Record<string, number>[]) =>
		values.map((counts, index) => {
			const day = openDay(`2026-11-2${index}`);
			for (const [value, number] of Object.entries(counts)) day.values.offer.set(value, number);
			return day;
		});
	const shown = (...values: Record<string, number>[]) =>
		chooseSeries(days(...values), 'offer').map(({ kind, value, total }) => [value ?? kind, total]);

	it('are the commonest of all days, then the others, then what is not said', () => {
		expect(shown({ a: 1, b: 5, '': 9 }, { a: 1, c: 3, d: 3, e: 2, f: 1, g: 1 })).toEqual([
			['b', 5],
			['c', 3],
			['d', 3],
			['a', 2],
			['e', 2],
			['others', 2],
			['notSaid', 9],
		]);
	});

	it('show a sixth value rather than one other', () => {
		expect(shown({ a: 6, b: 5, c: 4, d: 3, e: 2, f: 1 }).at(-1)).toEqual(['f', 1]);
	});

	it('are none without leads, and know values that every object has', () => {
		expect([shown({}), shown({ constructor: 1, __proto__: 1 } as never)]).toEqual([[], [['constructor', 1]]]);
	});

	it('count a lead under each of its campaigns, and tell how many such leads there are', () => {
		const day = openDay('2026-11-29');
		for (const Description of ['{"mktcmpid":"spring"}', '{"mktcmpid":"spring","utm_campaign":"sale"}', 'Call me'])
			addLead(day, listedLead(now, { Description }));
		expect(chooseSeries([day], 'campaign').map(({ kind, value, total }) => [value ?? kind, total])).toEqual([
			['spring', 2],
			['sale', 1],
			['notSaid', 1],
		]);
		expect([day.leads, day.several]).toEqual([3, 1]);
	});
});

describe('how long deliveries took', () => {
	it.each([
		[[], 0.5, undefined],
		[[7], 0.5, 7],
		[[7], 0.95, 7],
		[[1, 2], 0.5, 1],
		[[1, 2, 3], 0.5, 2],
		[Array.from({ length: 20 }, (_, index) => index + 1), 0.95, 19],
		[Array.from({ length: 100 }, (_, index) => index + 1), 0.95, 95],
	])('of %j, %d are at or below %j', (sorted, share, expected) => {
		expect(percentile(sorted, share)).toBe(expected);
	});

	it('is from the acceptance to the first delivery', () => {
		const attempt = (at: number, outcome: 'delivered' | 'transient', tookMs = 0) => ({ number: 1, at, outcome, tookMs });
		expect(latencyOf(deliveryOf('delivered', 5000), 1000)).toBe(4000);
		expect(latencyOf(deliveryOf('pending', 5000), 1000)).toBeUndefined();
		expect(latencyOf(deliveryOf('closed', 5000), 1000)).toBeUndefined();
		// Delivered again after a replay.
		const again = { recent: [attempt(1500, 'transient'), attempt(2000, 'delivered', 300), attempt(90_000, 'delivered', 300)] };
		expect(latencyOf(deliveryOf('delivered', 90_300, again), 1000)).toBe(1300);
		expect(latencyOf(deliveryOf('delivered', 900), 1000)).toBe(0);
	});

	it('counts of an imported lead from its import', () => {
		const day = openDay('2026-11-29');
		addLead(day, listedLead(now - 9 * dayMs, {}, { importedAt: now, deliveries: { email: deliveryOf('delivered', now + 2000) } }));
		expect(latencyIn([day])).toEqual({ deliveries: 1, half: 2000, most: 2000 });
	});

	it('is told of all destinations or of one', () => {
		const day = openDay('2026-11-29');
		for (const ms of [1000, 3000])
			addLead(
				day,
				listedLead(now, {}, { deliveries: { email: deliveryOf('delivered', now + ms), crm: deliveryOf('delivered', now + 10 * ms) } }),
			);
		addErased(day, { received: 1 } as DailyCounts, undefined);
		expect(latencyIn([day, openDay('2026-11-28')])).toEqual({ deliveries: 4, half: 3000, most: 30_000 });
		expect(latencyIn([day], 'crm')).toEqual({ deliveries: 2, half: 10_000, most: 30_000 });
		expect(latencyIn([day], 'webhook:none')).toEqual({ deliveries: 0 });
	});
});

describe('what waits', () => {
	const waitingOf = (lists: Record<string, number[]>) => {
		const tickets = async (list: string): Promise<Ticket[]> =>
			(lists[list] ?? []).map((ago) => ({ time: now, id: '', receivedAt: now - ago }));
		return readWaiting(['email', 'crm'], { ...listingJournal([], { tickets }), clock: () => now, deadline });
	};

	it('is counted by the age of its lead, each once', async () => {
		const minute = 60_000;
		const found = await waitingOf({
			email: [0, 5 * minute, 5 * minute + 1],
			crm: [dayMs],
			undecided: [4 * dayMs],
			parked: [2 * dayMs, 60 * minute],
		});
		expect(found.ages.map(({ waiting, parked }) => [waiting, parked])).toEqual([
			[2, 0],
			[1, 1],
			[0, 0],
			[1, 0],
			[0, 1],
			[1, 0],
		]);
		expect(found).toMatchObject({ waiting: 5, parked: 2, oldest: now - 4 * dayMs, more: false });
	});

	it('says when it did not read all of it', async () => {
		expect(await waitingOf({ email: Array.from({ length: 1000 }, () => 1) })).toMatchObject({ waiting: 1000, more: true });
		expect(await waitingOf({})).not.toHaveProperty('oldest');
	});
});
