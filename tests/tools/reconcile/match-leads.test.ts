import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Lead } from '../../../shared/lead/lead.ts';
import { type Comparable, matchLeads } from '../../../tools/reconcile/match-leads.ts';
import { propertyRuns } from '../../support/property-runs.ts';

const hour = 3_600_000;
const day = 24 * hour;
let ids = 0;

type Said = { [Name in keyof Lead]?: Lead[Name] | undefined };

const lead = (said: Said, at = 0, receipts = 1): Comparable => ({
	leadId: `id ${++ids}`,
	receivedAt: at,
	receipts,
	lead: {
		isTest: false,
		doNotContact: false,
		hasContact: Boolean(said.email || said.phone),
		...(Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as Partial<Lead>),
	},
});

const ada = {
	email: 'ada@contoso.example',
	phone: '+49 30 1234567',
	firstName: 'Ada',
	lastName: 'Lovelace',
	offerTitle: 'CRM',
	action: 'INS',
};
const pairs = (there: Comparable[], here: Comparable[], withinMs = day) =>
	matchLeads(there, here, withinMs).map((m) => [m.there, m.here, m.by]);

describe('matching the leads of a file with those of the journal', () => {
	it.each<[string, Said, Said, string | undefined]>([
		['the same', ada, ada, 'address, offer and action'],
		['an address in other casing, another action', { ...ada, email: 'ADA@Contoso.example', action: 'PLT' }, ada, 'address and offer'],
		[
			'no address here, a phone number without its plus',
			{ ...ada, phone: '49301234567' },
			{ ...ada, email: undefined },
			'phone, offer and action',
		],
		[
			'a phone number as it is dialled in the country',
			{ ...ada, email: undefined, phone: '030/1234567', action: undefined },
			ada,
			'phone and offer',
		],
		['a name alone, the other way round', { lastName: 'LOVELACE Ada', offerTitle: 'CRM' }, ada, 'name and offer'],
		[
			'a name with its accents lost',
			{ lastName: 'Muller', offerTitle: 'CRM' },
			{ lastName: 'Müller', offerTitle: 'CRM' },
			'name and offer',
		],
		[
			'an offer by its id, as the composite source has it',
			{ ...ada, offerTitle: 'contoso.crm' },
			{ ...ada, publisher: 'contoso', offer: 'crm' },
			'address, offer and action',
		],
		['no offer in the file', { ...ada, offerTitle: undefined }, ada, 'address; no offer is named in the file'],
		['no offer in the journal', ada, { ...ada, offerTitle: undefined }, 'address; no offer is named in the journal'],
		['an offer that is called otherwise', { ...ada, offerTitle: 'Contoso CRM (SaaS)' }, ada, 'address; the offer has another name'],
		['nobody, the same offer', { offerTitle: 'CRM' }, { offerTitle: 'CRM' }, 'no contact data and offer'],
		['somebody else', { ...ada, email: 'grace@fabrikam.example', phone: undefined, firstName: 'Grace' }, ada, undefined],
		['nothing in common but a short number', { phone: '110', offerTitle: 'CRM' }, { phone: '110', offerTitle: 'CRM' }, undefined],
	])('knows %s', (_, there, here, by) => {
		expect(pairs([lead(there)], [lead(here)])).toEqual(by === undefined ? [] : [[0, 0, by]]);
	});

	it('takes an offer that both sides name for another lead of the same person', () => {
		const there = [lead(ada), lead({ ...ada, offerTitle: 'ERP' })];
		expect(pairs(there, [lead({ ...ada, offerTitle: 'ERP' }), lead({ ...ada, email: 'x@y.example', phone: '', firstName: 'X' })])).toEqual([
			[1, 0, 'address, offer and action'],
		]);
	});

	it('takes what is far in time for another lead', () => {
		expect(pairs([lead(ada, 0)], [lead(ada, day + 1)])).toEqual([]);
		expect(pairs([lead(ada, 0)], [lead(ada, day)])).toHaveLength(1);
		expect(pairs([lead(ada, 2 * hour)], [lead(ada, 0)], hour)).toEqual([]);
	});

	it('takes the near one of two, and each once', () => {
		expect(pairs([lead(ada, day)], [lead(ada, hour), lead(ada, day + 60_000)])).toEqual([[0, 1, 'address, offer and action']]);
		expect(pairs([lead(ada, 0), lead(ada, hour)], [lead(ada, 0)])).toHaveLength(1);
	});

	it('takes a lead of the journal as often as it came', () => {
		expect(pairs([lead(ada, 0), lead(ada, hour), lead(ada, 2 * hour)], [lead(ada, 0, 2)])).toHaveLength(2);
	});

	it('knows what it has imported by its id', () => {
		const imported = lead({ lastName: 'Nobody' }, 0);
		expect(pairs([imported], [{ ...imported, lead: lead({}).lead }])).toEqual([[0, 0, 'imported before']]);
	});

	it('is done in no time with ten thousand leads of one person', () => {
		const many = () => Array.from({ length: 10_000 }, (_, index) => lead(ada, index * 1000));
		const started = performance.now();
		expect(matchLeads(many(), many(), day)).toHaveLength(10_000);
		expect(performance.now() - started).toBeLessThan(10_000);
	});

	it('pairs nothing twice and nothing that is too far apart, and finds every lead that is in both', () => {
		const someone = fc.record({
			who: fc.integer({ min: 0, max: 3 }),
			offer: fc.integer({ min: 0, max: 1 }),
			at: fc.integer({ min: 0, max: 5 * day }),
		});
		fc.assert(
			fc.property(fc.array(someone, { maxLength: 12 }), fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (people, isHere) => {
				const make = ({ who, offer, at }: (typeof people)[number]) =>
					lead({ email: `p${who}@contoso.example`, offerTitle: `Offer ${offer}` }, at);
				const there = people.map(make);
				const here = people.filter((_, index) => isHere[index]).map(make);
				const matches = matchLeads(there, here, day);
				expect(new Set(matches.map((match) => match.there)).size).toBe(matches.length);
				expect(new Set(matches.map((match) => match.here)).size).toBe(matches.length);
				for (const match of matches)
					expect(Math.abs((there[match.there]?.receivedAt ?? 0) - (here[match.here]?.receivedAt ?? 0))).toBeLessThanOrEqual(day);
				// Every lead of the journal has a row of its own here.
				expect(matches).toHaveLength(here.length);
			}),
			propertyRuns,
		);
	});
});
