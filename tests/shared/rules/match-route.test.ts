import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { destinationKinds } from '../../../shared/destinations/destination-kinds.ts';
import type { Lead } from '../../../shared/lead/lead.ts';
import { readLead } from '../../../shared/lead/read-lead.ts';
import { matchRoute } from '../../../shared/rules/match-route.ts';
import { readRoutes as readRoutesFor } from '../../../shared/rules/read-routes.ts';
import { leadFixture, leadFixtureNames } from '../../support/lead-fixtures.ts';
import { propertyRuns } from '../../support/property-runs.ts';

const readRoutes = (text: string) => readRoutesFor(text, destinationKinds);

const lead: Lead = {
	firstName: 'Ada',
	email: 'ada@mail.contoso.com',
	phone: '442071234567',
	country: 'Germany',
	offerTitle: 'Contoso CRM',
	leadSource: 'SPZA-PLT|contoso.crm-basic',
	source: 'SPZA',
	action: 'PLT',
	publisher: 'contoso',
	offer: 'crm-basic',
	campaign: [
		{ name: 'mktcmpid', value: 'Spring-2026' },
		{ name: 'utm.source', value: 'x' },
	],
	isTest: false,
	doNotContact: false,
	hasContact: true,
};

const match = (rules: unknown[], change: Partial<Lead> = {}) => {
	const { routes, issues } = readRoutes(JSON.stringify(rules));
	expect(issues).toEqual([]);
	return matchRoute({ ...lead, ...change }, routes);
};
const matches = async (when: object, change: Partial<Lead> = {}) => (await match([{ when, choose: {} }], change)).rule === 1;

describe('matching a lead with the rules', () => {
	it('takes the first rule whose conditions are all met, and says why', async () => {
		const rules = [
			{ when: { test: true }, choose: {} },
			{ when: { source: 'AzureMarketplace' }, choose: {} },
			{ when: { publisher: 'contoso', country: 'France', campaign: { mktcmpid: '*' } }, choose: {} },
			{ when: { publisher: 'contoso', campaign: { mktcmpid: 'spring*' } }, choose: { to: 'a@contoso.com' } },
			{ when: {}, choose: { journalOnly: true } },
		];
		expect(await match(rules)).toEqual({
			rule: 4,
			choice: { to: ['a@contoso.com'] },
			why: [
				'rule 1 does not match: the lead is not a test',
				'rule 2 does not match: `source` is different',
				'rule 3 does not match: `country` is different',
				'rule 4 matches: `publisher`, `campaign.mktcmpid`',
			],
		});
	});

	it('chooses nothing when no rule matches', async () => {
		expect(await match([{ when: { country: 'FR', test: false }, choose: {} }], { country: undefined } as never)).toEqual({
			choice: {},
			why: ['rule 1 does not match: `country` is not given'],
		});
		expect(await match([])).toEqual({ choice: {}, why: [] });
	});

	it('takes every lead by a rule without conditions', async () => {
		expect(await match([{ when: {}, choose: {} }])).toMatchObject({ rule: 1, why: ['rule 1 matches: it matches every lead'] });
	});

	it.each<[object, boolean]>([
		[{ source: 'spza' }, true],
		[{ source: 'AppSource' }, true],
		[{ source: 'app*' }, true],
		[{ action: 'contact me' }, true],
		[{ action: ['INS', 'plt'] }, true],
		[{ action: 'INS' }, false],
		[{ offer: 'crm-*' }, true],
		[{ offer: 'CONTOSO crm' }, true],
		[{ offer: 'crm' }, false],
		[{ publisher: 'con*so' }, true],
		[{ country: 'DE' }, true],
		[{ country: ['AT', 'Alemania'] }, true],
		[{ country: 'CH' }, false],
		[{ emailDomain: 'contoso.com' }, false],
		[{ emailDomain: '*.contoso.com' }, true],
		[{ emailDomain: '@mail.contoso.com' }, true],
		[{ campaign: { MKTCMPID: 'SPRING*' } }, true],
		[{ campaign: { mktcmpid: 'summer*' } }, false],
		[{ campaign: { 'utm.source': '*' } }, true],
		[{ campaign: { gone: '*' } }, false],
		[{ campaign: { constructor: '*' } }, false],
		[{ test: false }, true],
		[{ test: true }, false],
	])('%j: %s', async (when, expected) => {
		expect(await matches(when)).toBe(expected);
	});

	it.each<[string, string | undefined, boolean]>([
		['contoso.com', 'Ada <ada@Contoso.COM>', true],
		['contoso.com', 'ada@contoso.com.', true],
		['contoso.com', 'ada@notcontoso.com', false],
		['contoso.com', 'contoso.com', false],
		['*', 'nobody', false],
		['*', undefined, false],
		['müller.example', 'a@xn--mller-kva.example', true],
		['*.xn--mller-kva.example', 'a@mail.müller.example', true],
		['contoso.com', 'ada@fabrikam.com@contoso.com', true],
	])('the domain %s and the address %s: %s', async (emailDomain, email, expected) => {
		const { email: _, ...rest } = lead;
		const { routes } = readRoutes(JSON.stringify([{ when: { emailDomain }, choose: {} }]));
		expect((await matchRoute({ ...rest, ...(email !== undefined && { email }) }, routes)).rule === 1).toBe(expected);
	});

	it('compares a country that nobody knows as it is written', async () => {
		expect(await matches({ country: 'Atlantis' }, { country: 'ATLANTIS' })).toBe(true);
		expect(await matches({ country: 'DE' }, { country: 'Atlantis' })).toBe(false);
	});

	it('tells nothing of the lead', async () => {
		const { why } = await match([
			{ when: { country: 'FR' }, choose: {} },
			{ when: { emailDomain: '*.contoso.com' }, choose: {} },
		]);
		expect(why.join()).not.toMatch(/ada|germany|contoso/i);
	});

	it('decides every fixture by a hundred rules', async () => {
		const rules = Array.from({ length: 100 }, (_, index) => ({ when: { offer: `nothing-${index}*`, country: ['DE', 'US'] }, choose: {} }));
		for (const name of leadFixtureNames) {
			const reading = readLead(leadFixture(name));
			if (!reading.ok) throw new Error(name);
			const { routes } = readRoutes(JSON.stringify([...rules, { when: {}, choose: {} }]));
			expect(await matchRoute(reading.lead, routes)).toMatchObject({ rule: 101 });
		}
	});

	const value = fc.oneof(
		fc.string(),
		fc.string({ unit: 'grapheme' }),
		fc.constantFrom('*', 'DE', 'a@b.example', 'crm*', '__proto__', '{{name}}'),
	);
	const oneOrMore = fc.oneof(value, fc.array(value, { maxLength: 3 }));
	const whens = fc.record(
		{
			source: oneOrMore,
			action: oneOrMore,
			offer: oneOrMore,
			country: oneOrMore,
			emailDomain: oneOrMore,
			campaign: fc.dictionary(fc.string(), oneOrMore, { maxKeys: 2 }),
			test: fc.boolean(),
		},
		{ requiredKeys: [] },
	);
	const thens = fc.record(
		{
			destinations: oneOrMore,
			to: oneOrMore,
			subject: value,
			fields: fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 })),
			other: value,
		},
		{ requiredKeys: [] },
	);
	const leads = fc.record(
		{ email: value, country: value, offerTitle: value, source: value, action: value },
		{ requiredKeys: [] },
	) as fc.Arbitrary<Partial<Lead>>;

	it('throws for no rules and no lead, names each rule that it drops, and sends nothing to an address of the lead', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(fc.record({ when: whens, choose: thens }), { maxLength: 4 }), leads, async (rules, change) => {
				const { routes, issues } = readRoutes(JSON.stringify(rules));
				const kept = routes.map(({ rule }) => rule);
				for (const number of rules.keys()) expect(kept.includes(number + 1) || issues.some(({ rule }) => rule === number + 1)).toBe(true);
				for (const { choice } of routes) expect([choice.to ?? [], choice.cc ?? []].flat().join()).not.toContain('{{');
				const { rule, choice } = await matchRoute({ isTest: false, doNotContact: false, hasContact: true, ...change }, routes);
				expect(rule === undefined ? choice : routes.find((route) => route.rule === rule)?.choice).toEqual(choice);
			}),
			propertyRuns,
		);
	});
});
