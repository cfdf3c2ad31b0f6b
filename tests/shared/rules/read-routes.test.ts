import { describe, expect, it } from '@jest/globals';
import { destinationKinds } from '../../../shared/destinations/destination-kinds.ts';
import { checkCountries, findKeptBack } from '../../../shared/rules/doubtful-rules.ts';
import { readRoutes as readRoutesFor } from '../../../shared/rules/read-routes.ts';

const readRoutes = (text: string) => readRoutesFor(text, destinationKinds);

const problems = (rules: unknown) =>
	readRoutes(typeof rules === 'string' ? rules : JSON.stringify(rules)).issues.map(({ problem }) => problem);
/** A rule that is right, with some of it changed: each test breaks one thing. */
const rule = (change: { when?: object; choose?: object } & Record<string, unknown> = {}) => ({
	when: { offer: 'crm' },
	choose: { to: 'a@contoso.com' },
	...change,
});

describe('reading the rules', () => {
	it('takes every member, one value or a list of alternatives', () => {
		const rules = [
			{
				name: 'everything',
				when: {
					source: 'AppSource',
					action: ['PLT', ' INS '],
					publisher: 'Contoso',
					offer: ['CRM-*', 'crm-*'],
					country: ['DE', 'Côte d’Ivoire'],
					emailDomain: ['@Contoso.com', '*.müller.example'],
					campaign: { MktCmpId: 'Spring*' },
					test: false,
				},
				choose: {
					destinations: ['crm', 'email'],
					to: 'a@contoso.com; b@contoso.com',
					cc: [],
					subject: '{{name}}',
					owner: 'team:11111111-2222-3333-4444-555555555555',
					fields: { description: '{{description}}', new_score: 5 },
				},
			},
			{ when: { test: true }, choose: { journalOnly: true } },
			{ when: {}, choose: {} },
		];
		expect(readRoutes(JSON.stringify(rules))).toEqual({
			routes: [
				{
					rule: 1,
					name: 'everything',
					when: {
						source: ['appsource'],
						action: ['plt', 'ins'],
						publisher: ['contoso'],
						offer: ['crm-*'],
						country: ['de', 'cote divoire'],
						emailDomain: ['contoso.com', '*.xn--mller-kva.example'],
						campaign: [{ name: 'mktcmpid', values: ['spring*'] }],
						test: false,
					},
					choice: {
						destinations: ['email', 'crm'],
						to: ['a@contoso.com', 'b@contoso.com'],
						cc: [],
						subject: '{{name}}',
						owner: 'team:11111111-2222-3333-4444-555555555555',
						fields: { description: '{{description}}', new_score: 5 },
					},
				},
				{ rule: 2, when: { test: true }, choice: { journalOnly: true } },
				{ rule: 3, when: {}, choice: {} },
			],
			issues: [],
			warnings: [],
		});
	});

	it.each([
		['', 'is empty'],
		['[{"when":{}},]', 'is not valid JSON: value expected at character 14'],
		['[{"when":{}', 'is not valid JSON: close brace expected at character 12'],
		["[{'when':{}}]", 'is not valid JSON: invalid symbol at character 3'],
		['['.repeat(50), 'is nested deeper than 32 levels'],
		['{"when":{},"choose":{}}', 'is not a list of rules in [ ]'],
		['null', 'is not a list of rules in [ ]'],
	])('says where JSON is wrong: %.20s', (text, problem) => {
		expect(readRoutes(text)).toEqual({ routes: [], issues: [{ problem }], warnings: [] });
	});

	it.each<[unknown, string]>([
		[rule({ when: { ofer: 'x' } }), '`when.ofer` is not a property; did you mean `offer`?'],
		[
			rule({ when: { weather: 'x' } }),
			'`when.weather` is not a property; allowed: source, action, publisher, offer, country, emailDomain, campaign, test',
		],
		[rule({ wen: {} }), '`wen` is not a property; did you mean `when`?'],
		[rule({ choose: { too: 'a@contoso.com' } }), '`choose.too` is not a property; did you mean `to`?'],
		[{ choose: {} }, '`when` is missing'],
		[{ when: {} }, '`choose` is missing'],
		['text', 'the rule is text; allowed: { "when": { … }, "choose": { … } }'],
		[null, 'the rule is null; allowed: { "when": { … }, "choose": { … } }'],
		[rule({ when: [] as object }), '`when` is a list; allowed: conditions in { }'],
		[rule({ when: { offer: [] } }), '`when.offer` is empty; allowed: text, in which * stands for anything, or a list of texts'],
		[
			rule({ when: { offer: ['x', ' '] } }),
			'`when.offer` (number 2) is empty; allowed: text, in which * stands for anything, or a list of texts',
		],
		[rule({ when: { offer: 5 } }), '`when.offer` is a number; allowed: text, in which * stands for anything, or a list of texts'],
		[rule({ when: { country: 'G*' } }), "`when.country` is not valid; allowed: a country's name or code without *, or a list of them"],
		[
			rule({ when: { emailDomain: 'a@contoso.com' } }),
			'`when.emailDomain` is not valid; allowed: a domain such as contoso.com or *.contoso.com, or a list of them',
		],
		[rule({ when: { test: 'true' } }), '`when.test` is text; allowed: true or false'],
		[
			rule({ when: { campaign: 'x' } }),
			'`when.campaign` is text; allowed: parameters with their values, such as { "mktcmpid": "spring*" }',
		],
		[
			rule({ when: { campaign: {} } }),
			'`when.campaign` is empty; allowed: parameters with their values, such as { "mktcmpid": "spring*" }',
		],
		[
			rule({ when: { campaign: { 'a/b~c': 1 } } }),
			'`when.campaign.a/b~c` is a number; allowed: text, in which * stands for anything, or a list of texts',
		],
		[rule({ choose: { destinations: ['emial'] } }), '`choose.destinations` (number 1) is not valid; did you mean `email`?'],
		[rule({ choose: { destinations: 'fax' } }), '`choose.destinations` is not valid; allowed: email, crm or both'],
		[
			rule({ choose: { to: [] } }),
			'`choose.to` is empty; allowed: one or more e-mail addresses, which are never taken from a lead (no {{ }})',
		],
		[
			rule({ choose: { to: '{{email}}' } }),
			'`choose.to` is not valid; allowed: one or more e-mail addresses, which are never taken from a lead (no {{ }})',
		],
		[
			rule({ choose: { to: ['{{x}}@contoso.com'] } }),
			'`choose.to` (number 1) is not valid; allowed: one or more e-mail addresses, which are never taken from a lead (no {{ }})',
		],
		[
			rule({ choose: { cc: ['sales'] } }),
			'`choose.cc` (number 1) is not valid; allowed: e-mail addresses, which are never taken from a lead (no {{ }}), or [] for no one',
		],
		[rule({ choose: { subject: '' } }), '`choose.subject` is empty; allowed: a template, such as {{actionInWords}}: {{name}}'],
		[rule({ choose: { owner: {} } }), '`choose.owner` is an object; allowed: text, as in DATAVERSE_OWNER'],
		[rule({ choose: { fields: { a: [] } } }), '`choose.fields.a` is a list; allowed: text, a number, true, false, null or an object'],
		[rule({ choose: { journalOnly: false } }), '`choose.journalOnly` is not valid; allowed: true'],
		[
			rule({ choose: { journalOnly: true, to: 'a@contoso.com' } }),
			'`choose` has `journalOnly` and something else; allowed: choices in { }; journalOnly stands alone',
		],
	])('refuses %j', (wrong, problem) => {
		expect(readRoutes(JSON.stringify([rule(), wrong, rule({ when: { offer: 'other' } })]))).toMatchObject({
			issues: [{ rule: 2, problem: `rule 2: ${problem}` }],
			routes: [{ rule: 1 }, { rule: 3 }],
		});
	});

	it('names every rule that is wrong, and all that is wrong in it', () => {
		expect(problems([{ when: { ofer: 'x', tset: true }, choose: {} }, rule(), { when: {}, choose: { too: 'x' } }])).toEqual([
			'rule 1: `when.ofer` is not a property; did you mean `offer`?',
			'rule 1: `when.tset` is not a property; did you mean `test`?',
			'rule 3: `choose.too` is not a property; did you mean `to`?',
		]);
	});

	it('refuses a member that is given more than once, which readers of JSON pass over', () => {
		expect(problems('[{"when":{"offer":"a","offer":"b"},"choose":{},"choose":{}}]')).toEqual([
			'rule 1: `choose` is given more than once',
			'rule 1: `when.offer` is given more than once',
		]);
	});

	it('never quotes a value', () => {
		const secret = 'zq7secret';
		const wrong = [
			{ when: { offer: [secret, 5], test: secret }, choose: { to: secret, destinations: [secret], cc: [`{{${secret}`], owner: 5 } },
		];
		expect(problems(wrong).length).toBeGreaterThan(4);
		expect(problems(wrong).join()).not.toContain(secret);
	});

	it('survives names of the prototype', () => {
		const text = '[{"when":{"__proto__":"x","constructor":"y"},"choose":{}},{"when":{"campaign":{"__proto__":"x"}},"choose":{}}]';
		expect(problems(text)).toHaveLength(2);
		expect(readRoutes(text).routes).toMatchObject([{ when: { campaign: [{ name: '__proto__', values: ['x'] }] } }]);
	});

	it('tells what is wrong with a choice also where the rule is wrong otherwise', () => {
		const rules = [{ when: { ofer: 'x' }, choose: { subject: '{{compny}}', owner: 'team:', fields: { jobtitle: '{{titel}}' } } }];
		const { routes, issues } = readRoutes(JSON.stringify(rules));
		expect(routes).toEqual([]);
		expect(issues.map(({ problem }) => problem)).toEqual([
			'rule 1: `when.ofer` is not a property; did you mean `offer`?',
			'rule 1: `choose.subject` holds {{compny}}, which is not known; did you mean {{company}}?',
			'rule 1: `choose.fields` column `jobtitle`: the template holds {{titel}}, which is not known; did you mean {{title}}?',
			'rule 1: `choose.owner` names no one after team:',
		]);
	});

	it('leaves a wrong subject alone out of its rule, so that leads still reach the recipients of the rule', () => {
		expect(readRoutes(JSON.stringify([rule({ choose: { to: 'a@contoso.com', subject: '{{compny}}' } })]))).toMatchObject({
			routes: [{ rule: 1, choice: { to: ['a@contoso.com'] } }],
			issues: [{ rule: 1, problem: 'rule 1: `choose.subject` holds {{compny}}, which is not known; did you mean {{company}}?' }],
		});
	});
});

describe('rules that are hardly what was meant', () => {
	const warnings = (...rules: unknown[]) => readRoutes(JSON.stringify(rules)).warnings.map(({ problem }) => problem);

	it.each<[object, object, boolean]>([
		[{}, { offer: 'x' }, true],
		[{ offer: 'contoso.*' }, { offer: ['contoso.crm', 'Contoso.erp*'] }, true],
		[{ offer: 'contoso.*' }, { offer: ['contoso.crm', 'fabrikam.erp'] }, false],
		[{ offer: 'contoso.*' }, { offer: 'contoso*' }, false],
		[{ offer: 'x' }, { offer: 'x', test: true }, true],
		[{ offer: 'x', test: true }, { offer: 'x' }, false],
		[{ test: true }, { test: false }, false],
		[{ emailDomain: '*.contoso.com' }, { emailDomain: '*.mail.contoso.com' }, true],
		[{ campaign: { a: '*' } }, { campaign: { A: 'x', b: 'y' } }, true],
		[{ campaign: { a: '*', b: 'y' } }, { campaign: { a: 'x' } }, false],
		[{ country: ['DE', 'AT'] }, { country: 'de' }, true],
	])('of %j and %j the second never matches: %s', (first, second, never) => {
		expect(warnings({ when: first, choose: {} }, { when: second, choose: {} })).toEqual(
			never ? ['rule 2: can never match, because rule 1 matches every lead that this rule could match'] : [],
		);
	});

	it('are told apart when they say the same', () => {
		expect(warnings({ when: { offer: 'x' }, choose: {} }, rule(), { when: { offer: 'X' }, choose: {} })).toEqual([
			'rule 3: can never match, because it has the same conditions as rule 1',
		]);
	});

	it('choose something for a destination that they leave out', () => {
		expect(warnings({ when: {}, choose: { destinations: 'crm', to: 'a@contoso.com', owner: 'x' } })).toEqual([
			'rule 1: `choose.to` changes nothing, because `choose.destinations` leaves email out',
		]);
	});

	it('are for leads that a policy keeps in the journal', () => {
		const { routes } = readRoutes(
			JSON.stringify([
				{ when: { test: true }, choose: { to: 'a@contoso.com' } },
				{ when: { action: 'DNC' }, choose: { to: 'a@contoso.com' } },
				{ when: { action: ['DNC', 'PLT'] }, choose: { to: 'a@contoso.com' } },
			]),
		);
		expect(findKeptBack(routes, { testPolicy: 'journal', dncPolicy: 'journal' }).map(({ problem }) => problem)).toEqual([
			'rule 1: can never match, because LEAD_TEST_POLICY keeps its leads in the journal',
			'rule 2: can never match, because LEAD_DNC_POLICY keeps its leads in the journal',
		]);
		expect(findKeptBack(routes, { testPolicy: 'deliver', dncPolicy: 'deliver' })).toEqual([]);
	});

	it('name a country that nobody knows, or one that an earlier rule names another way', async () => {
		const { routes, warnings: before } = readRoutes(
			JSON.stringify([
				{ when: { country: ['Germany', 'Atlantis'] }, choose: {} },
				{ when: { country: 'Germny' }, choose: {} },
				{ when: { country: 'DEU' }, choose: {} },
			]),
		);
		expect(before).toEqual([]);
		expect((await checkCountries(routes)).map(({ problem }) => problem)).toEqual([
			'rule 1: `when.country` (number 2) is not a known country, so only leads that spell it the same way match',
			'rule 2: `when.country` (number 1) is not a known country, so only leads that spell it the same way match; did you mean `Germany`?',
			'rule 3: can never match, because rule 1 matches every lead that this rule could match',
		]);
		expect(await checkCountries([])).toEqual([]);
	});
});
