import { describe, expect, it } from '@jest/globals';
import { journalReceipt } from '../../../shared/accept/journal-receipt.ts';
import { readReceipt } from '../../../shared/accept/read-receipt.ts';
import type { ListedLead, NewLead, Summary } from '../../../shared/journal/entries.ts';
import type { Journal } from '../../../shared/journal/journal.ts';
import { fromSummaryColumn } from '../../../shared/journal/table/columns.ts';
import type { Filter } from '../../../shared/operate/filter.ts';
import { findLeads } from '../../../shared/operate/find-leads.ts';
import { facetsOf, parametersOf, saidIn } from '../../../shared/operate/lead-facets.ts';
import { readSettings } from '../../../shared/settings/read-settings.ts';
import { readSample, sampleNames } from '../../../tools/post/samples.ts';
import { deliveryOf, listedLead, listingJournal } from '../../support/fake-leads.ts';

const all = { since: 0, until: Number.MAX_SAFE_INTEGER };
const fromFrance = { UserDetails: { Country: 'FR' } };
const whole: Summary = { offer: 'CRM', country: 'DE', isWhole: true };

/** Lists as a table does: payloads only where they are asked for. */
function listing(leads: ListedLead[]) {
	const { journal, pages } = listingJournal(leads);
	const found: string[] = [];
	const lean = {
		...Object.create(null),
		leads: async (...[span, options, signal]: Parameters<Journal['leads']>) => {
			const page = await (await journal()).leads(span, options, signal);
			return options.payloads ? page : { ...page, items: page.items.map(({ payload: _, ...lead }) => lead) };
		},
		find: async (id: string) => {
			found.push(id);
			return leads.find(({ leadId }) => leadId === id);
		},
		tickets: async () => leads.map(({ leadId, receivedAt }) => ({ time: receivedAt, id: leadId, receivedAt })),
	} as unknown as Journal;
	const deps = { journal: async () => lean, deadline: () => AbortSignal.timeout(9000), destinations: ['crm'] };
	return { deps, pages, found };
}

const ask = async (filter: Partial<Filter>, deps: ReturnType<typeof listing>['deps'], more: object = {}) =>
	(await findLeads({ ...all, ...filter }, { most: 50, mostRead: 5000, ...more }, deps)).items.map(({ receivedAt }) => receivedAt);

describe('a filter by what leads say', () => {
	it('reads no payload where the summaries say all', async () => {
		const leads = [1, 2, 3].map((at) => listedLead(at, fromFrance, { summary: { ...whole, country: at === 2 ? 'France' : 'DE' } }));
		const { deps, pages, found } = listing(leads);
		expect(await ask({ facets: { country: 'FR' } }, deps)).toEqual([2]);
		expect([pages, found]).toEqual([[{ most: 1000, payloads: false }], []]);
	});

	it('reads the payload of the few that were too long for their summary', async () => {
		const leads = [1, 2, 3].map((at) => listedLead(at, fromFrance, { summary: at === 2 ? { offer: 'CRM' } : whole }));
		const { deps, pages, found } = listing(leads);
		expect(await ask({ facets: { country: 'FR' } }, deps)).toEqual([2]);
		expect([pages.length, found.length]).toEqual([1, 1]);
	});

	it.each([
		['500 at once', {}, 500],
		['fewer beside something that must not wait', { atOnce: 100 }, 100],
	])('reads the payloads of what earlier versions wrote, %s, and finds them among newer ones', async (_, more, most) => {
		const old = Array.from({ length: 1500 }, (_none, at) =>
			listedLead(at, at % 500 === 0 ? fromFrance : {}, { summary: { offer: 'CRM' } }),
		);
		const young = listedLead(
			9000,
			{},
			{ summary: { ...whole, country: 'FR' }, payload: listedLead(1, fromFrance).payload ?? new Uint8Array() },
		);
		const { deps, pages } = listing([...old, young]);
		expect(await ask({ facets: { country: 'France' } }, { ...deps, ...more })).toEqual([9000, 1000, 500, 0]);
		expect(pages.slice(0, 3)).toEqual([
			{ most: 1000, payloads: false },
			{ most, payloads: true },
			{ most, payloads: true },
		]);
	});

	it('searches for words by summaries where that is asked for, and otherwise in payloads', async () => {
		const leads = [listedLead(1, fromFrance, { summary: { ...whole, name: 'Ada', phone: '442071234567', campaign: 'mktcmpid=spring' } })];
		const { deps, pages } = listing(leads);
		for (const search of ['ada', '+44 20 7123 4567', 'spring', 'germany'])
			expect(await ask({ search }, deps, { bySummary: true })).toEqual([1]);
		expect(await ask({ search: 'france' }, deps, { bySummary: true })).toEqual([]);
		expect(await ask({ search: 'france' }, deps)).toEqual([1]);
		expect(pages.map(({ payloads }) => payloads)).toEqual([false, false, false, false, false, true]);
	});
});

describe('a page for a person who waits', () => {
	const leads = Array.from({ length: 4000 }, (_, at) => listedLead(at, {}, { summary: { ...whole, offer: at === 0 ? 'Rare' : 'CRM' } }));
	const soon = { most: 50, mostRead: 9000, isOver: () => true };

	it('has read little when it is probable that most leads are meant, and goes on when they are not', async () => {
		const delivered = leads.map((lead, at) => ({ ...lead, deliveries: { crm: deliveryOf(at < 3000 ? 'delivered' : 'closed', at) } }));
		const ofState = async (state: 'delivered' | 'closed') => {
			const { deps, pages } = listing(delivered);
			const { items, looked, next } = await findLeads({ ...all, state }, soon, deps);
			return [items.length, looked, next === items.at(-1)?.leadId, pages.map(({ most }) => most)];
		};
		expect(await ofState('closed')).toEqual([50, 50, true, [250]]);
		expect(await ofState('delivered')).toEqual([50, 1050, true, [250, 1000]]);
	});

	it('ends when its time is over, but not before 1,000 leads, and what it tells leads to the others, none left out', async () => {
		const { deps, pages } = listing(leads);
		const looked: number[] = [];
		const seen: number[] = [];
		for (let after: string | undefined; ; ) {
			const page = await findLeads({ ...all, facets: { offer: 'Rare' }, ...(after && { after }) }, soon, deps);
			looked.push(page.looked);
			seen.push(...page.items.map(({ receivedAt }) => receivedAt));
			if (page.next === undefined) break;
			after = page.next;
		}
		expect([seen, looked]).toEqual([[0], [1000, 1000, 1000, 1000]]);
		expect(pages.map(({ most }) => most)).toEqual([1000, 1000, 1000, 1000]);
	});

	it('goes on while there is time, up to what it may read', async () => {
		const { deps } = listing(leads);
		const found = await findLeads({ ...all, facets: { offer: 'Rare' } }, { most: 50, mostRead: 3000, isOver: () => false }, deps);
		expect([found.items, found.looked, found.next]).toEqual([[], 3000, leads[1000]?.leadId]);
	});

	it('ends among what waits, too', async () => {
		const waits = Array.from({ length: 300 }, (_, at) =>
			listedLead(at, {}, { summary: { ...whole, offer: at === 0 ? 'Rare' : 'CRM' }, deliveries: { crm: deliveryOf('pending', at) } }),
		);
		const { deps, found } = listing(waits);
		const filter: Filter = { ...all, state: 'pending', facets: { offer: 'Rare' } };
		const first = await findLeads(filter, soon, deps);
		expect([first.items, first.looked, found.length]).toEqual([[], 50, 50]);
		const rest = await findLeads({ ...filter, after: first.next ?? '' }, { ...soon, isOver: () => false }, deps);
		expect([rest.items.map(({ receivedAt }) => receivedAt), rest.looked, rest.next]).toEqual([[0], 250, undefined]);
	});
});

describe('what waits', () => {
	it('is found page by page, none twice and none left out', async () => {
		const leads = Array.from({ length: 25 }, (_, at) =>
			listedLead(at, {}, { deliveries: { crm: deliveryOf(at === 7 ? 'delivered' : 'pending', at) } }),
		);
		const { deps } = listing(leads);
		const seen: number[] = [];
		for (let after: string | undefined; ; ) {
			const page = await findLeads({ ...all, state: 'pending', ...(after && { after }) }, { most: 6, mostRead: 100 }, deps);
			seen.push(...page.items.map(({ receivedAt }) => receivedAt));
			if (page.next === undefined) break;
			after = page.next;
		}
		expect(seen).toEqual(
			leads
				.map(({ receivedAt }) => receivedAt)
				.filter((at) => at !== 7)
				.reverse(),
		);
	});
});

describe('the summary that the intake writes', () => {
	const summaryOf = async (payload: Uint8Array) => {
		const written: NewLead[] = [];
		const journal = {
			accept: async (lead: NewLead) => {
				written.push(lead);
				return { status: 'accepted' as const, leadId: lead.leadId, receivedAt: 1 };
			},
			reject: async () => 'kept' as const,
		};
		const receipt = { leadId: listedLead(1).leadId, receivedAt: 1, payload, contentType: 'application/json' };
		await journalReceipt(receipt, readReceipt(receipt), { journal, settings: readSettings({}) }, AbortSignal.timeout(9000));
		return written.map(({ summary }) => fromSummaryColumn(JSON.stringify(summary)))[0];
	};

	const tooLong = ['long-values', 'markup-in-campaign'];
	it.each(sampleNames().map((name) => [name, Buffer.from(readSample(name).body)] as const))(
		'says of the sample %s by what it is filtered, as its payload does',
		async (name, body) => {
			const summary = await summaryOf(body);
			if (!summary) return; // it is rejected
			const byPayload = { summary, payload: body, contentType: 'application/json' };
			expect([name, summary.isWhole ?? false]).toEqual([name, !tooLong.includes(name)]);
			if (!summary.isWhole) return;
			expect(facetsOf({ summary })).toEqual(facetsOf(byPayload));
			expect(parametersOf(saidIn({ summary }))).toEqual(parametersOf(saidIn(byPayload)));
			expect(saidIn({ summary }).phone).toEqual(saidIn(byPayload).phone);
		},
	);

	const described = (parameters: object | string) => ({
		UserDetails: { Email: 'a@b.example' },
		Description: typeof parameters === 'string' ? parameters : JSON.stringify(parameters),
	});
	it.each([
		['a name that holds =', false, described({ 'utm=source': 'news', mktcmpid: 'spring' })],
		['a name that is =', false, described({ '=': 'x' })],
		['a name that ends with =', false, described({ 'mktcmpid=': 'spring' })],
		['a value of two lines', false, described({ mktcmpid: 'spring\nsummer=1' })],
		['a value that holds =', true, described({ mktcmpid: 'a=b==c', utm_source: '=' })],
		['names and values with blanks around', true, described({ ' mktcmpid ': '  spring ', '': 'no name' })],
		['a name that is __proto__', true, described('{"__proto__":"x","constructor":{"prototype":"y"}}')],
		['repeated names', true, described('{"mktcmpid":"a","mktcmpid":"b","MKTCMPID":"a"}')],
		['lone surrogates', true, described('{"mktcmpid":"\\ud83d","\\ude00":"x"}')],
		['an emoji at the cut', false, { ...described({ a: 'b' }), OfferTitle: `${'x'.repeat(199)}😀` }],
		['lists', true, described({ mktcmpid: ['a', 'b'] })],
		['an offer of its source alone', true, { ...described({ a: 'b' }), LeadSource: 'SPZA-INS|contoso.crm.v1' }],
	])('says of %s what its payload says, or that it does not say all', async (_, isWhole, lead) => {
		const payload = Buffer.from(JSON.stringify(lead));
		const summary = await summaryOf(payload);
		const byPayload = { summary: summary ?? {}, payload, contentType: 'application/json' };
		expect(summary?.isWhole ?? false).toBe(isWhole);
		const said = (listed: Parameters<typeof saidIn>[0]) => [facetsOf(listed), parametersOf(saidIn(listed)), saidIn(listed).campaign];
		if (isWhole) expect(said({ summary: summary ?? {} })).toEqual(said(byPayload));
	});

	it('tells when it was cut off', async () => {
		const posted = (Title: string) =>
			Buffer.from(JSON.stringify({ UserDetails: { Email: 'a@b.example', Country: 'DE' }, OfferTitle: Title }));
		expect(await summaryOf(posted('x'.repeat(200)))).toMatchObject({ isWhole: true, country: 'DE' });
		expect((await summaryOf(posted('x'.repeat(201))))?.isWhole).toBeUndefined();
	});
});
