import { describe, expect, it } from '@jest/globals';
import { leadsTo } from '../../../sandbox/partner-center/partner-center.ts';
import { concealKeys, holdsKey, isOurs, isSameUrl, showUrl } from '../../../tools/connect/endpoint.ts';
import { intake, makeOffer, oldKey, openConnect } from './open-connect.ts';

const here = intake(oldKey);
const flow = 'https://prod-00.westeurope.logic.azure.com/workflows/abc/triggers/manual?sig=SECRETSIGNATURE';
const salesforce = (number: number) => ({
	...leadsTo(`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`, ''),
	leadDestination: 'salesforce',
	httpsEndpointLeadConfiguration: undefined,
	salesforceLeadConfiguration: { organizationId: '00D' },
});

describe('npm run connect -- list', () => {
	it('shows where the leads of every offer go, page by page, without a secret', async () => {
		const world = openConnect(
			[
				makeOffer(1, { draft: here, preview: here, live: here }),
				makeOffer(2, { draft: flow, live: flow }),
				makeOffer(3, { draft: salesforce(3) }),
				makeOffer(4, { draft: intake('a-key-that-is-gone'), live: intake('host-key-of-the-app') }),
				makeOffer(5, {}, 'consultingService'),
			],
			{ hostKeys: [['default', 'host-key-of-the-app']] },
		);
		const { code, out, notes } = await world.run('list --app leads');
		expect(code).toBe(0);
		expect(out.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
			['OFFER', 'TYPE', 'DRAFT', 'PREVIEW', 'LIVE'],
			['offer-1', 'softwareAsAService', 'this app, key default', 'this app, key default', 'this app, key default'],
			[
				'offer-2',
				'softwareAsAService',
				'https://prod-00.westeurope.logic.azure.com/…',
				'–',
				'https://prod-00.westeurope.logic.azure.com/…',
			],
			['offer-3', 'softwareAsAService', 'salesforce', '–', '–'],
			['offer-4', 'softwareAsAService', 'this app, with a key that does not exist', '–', 'this app, key default (host key)'],
			['offer-5', 'consultingService', 'cannot be read', '–', '–'],
			[''],
		]);
		expect(notes).toMatch(/offer-5 \(consultingService\): the API does not show its lead destination\. Partner Center >/);
		const json = await world.run('list --app leads --json');
		expect(json.json().offers[0]).toMatchObject({
			offer: 'offer-1',
			live: { state: 'known', ours: true, key: 'default', url: 'https://leads.azurewebsites.net/api/leads?code=…' },
		});
		for (const secret of [oldKey, 'SECRETSIGNATURE', 'a-key-that-is-gone', 'host-key-of-the-app'])
			expect(out + json.out).not.toContain(secret);
	});

	it('obeys throttling, and goes on after a call that failed', async () => {
		const world = openConnect([makeOffer(1, { draft: here }), makeOffer(2, { draft: here }), makeOffer(3, { draft: here })]);
		world.faults.set(1, 429).set(3, 503).set(5, 'lost');
		expect((await world.run('list')).out).toMatch(/offer-3/);
		expect(world.pauses).toEqual([7000, 1000, 1000]);
	});

	it('says what to do when Partner Center does not know us', async () => {
		const world = openConnect([makeOffer(1, { draft: here })]);
		world.faults.set(1, 403);
		const { code, notes } = await world.run('list');
		expect([code, notes]).toEqual([1, expect.stringMatching(/403.*associate the app registration/)]);
	});

	it('shows nothing of an offer that a terminal would obey', async () => {
		const offer = makeOffer(1, { draft: here });
		offer.externalId = 'offer\u001b[31m\u202E';
		expect((await openConnect([offer]).run('list')).all).not.toMatch(/\p{Cc}(?<!\n)|\u202E/u);
	});
});

describe('npm run connect -- set', () => {
	it('writes the address into the drafts, after it has shown and asked; nothing is published', async () => {
		const world = openConnect([
			makeOffer(1, { draft: leadsTo('00000000-0000-4000-8000-000000000001', ''), live: flow }),
			makeOffer(2, { draft: here }),
		]);
		const draft = world.offers[0]?.trees.draft?.[1];
		if (draft) Object.assign(draft, { leadDestination: 'none', httpsEndpointLeadConfiguration: undefined });
		const { code, notes, questions } = await world.run('set --all --url-from-app leads', { answers: [true] });
		expect([code, questions]).toEqual([0, ['Set the lead destination in the draft of 1 offer?']]);
		expect(notes).toMatch(
			/offer-1: draft none → https:\/\/leads\.azurewebsites\.net\/api\/leads\?code=… \(key default\)\noffer-2: nothing to do/,
		);
		expect([world.urlOf(world.offers[0], 'draft'), world.urlOf(world.offers[0], 'live')]).toEqual([here, flow]);
	});

	it('leaves another destination alone unless it is told to, and keeps nothing of its settings', async () => {
		const world = openConnect([makeOffer(1, { draft: salesforce(1) }), makeOffer(2, { draft: flow })]);
		const { code, notes } = await world.run('set --all --url-from-app leads --yes');
		expect([code, notes]).toEqual([
			1,
			expect.stringMatching(/offer-1: left alone, its draft has another lead destination \(salesforce\): --replace/),
		]);
		expect(world.urlOf(world.offers[1], 'draft')).toBe(flow);
		expect((await world.run('set --all --url-from-app leads --yes --replace')).code).toBe(0);
		expect(world.offers[0]?.trees.draft?.[1]).not.toHaveProperty('salesforceLeadConfiguration');
	});

	it('takes an address from standard input, and never as an argument', async () => {
		const world = openConnect([makeOffer(1, { draft: here })]);
		expect((await world.run(`set offer-1 --url ${flow} --yes`)).code).toBe(2);
		const { code, all } = await world.run('set offer-1 --url - --yes --replace', { stdin: `${flow}\n` });
		expect([code, world.urlOf(world.offers[0], 'draft')]).toEqual([0, flow]);
		expect(all).not.toContain('SECRETSIGNATURE');
		expect((await world.run('set offer-1 --url - --yes', { stdin: 'http://plain.example' })).code).toBe(2);
	});

	it.each([
		'set --url-from-app leads',
		'set offer-1 --all --url-from-app leads',
		'set offer-9 --url-from-app leads --yes',
		'set --all',
		'publish',
		'rotate --key-name a/b',
		'list --graph-root http://elsewhere.example',
	])('refuses %s with what to do', async (args) => {
		const world = openConnect([makeOffer(1, { draft: here })]);
		const { code, notes } = await world.run(args);
		expect([code, notes.length > 10]).toEqual([2, true]);
		expect(world.requests.filter((request) => /configure|PUT|DELETE/.test(request))).toEqual([]);
	});

	it('asks which key, when the intake has several', async () => {
		const world = openConnect([makeOffer(1, { draft: here })], {
			keys: [
				['default', oldKey],
				['k202611', 'the-newer-key-of-it'],
			],
		});
		expect((await world.run('set --all --url-from-app leads --yes')).notes).toMatch(/--key-name: default, k202611/);
		expect((await world.run('set --all --url-from-app leads --key-name k202611 --yes')).code).toBe(0);
		expect(world.urlOf(world.offers[0], 'draft')).toBe(intake('the-newer-key-of-it'));
	});
});

describe('npm run connect -- publish', () => {
	it.each(['at once', 'in the job'] as const)(
		'sends preview and live, and follows them; a job that is refused %s because another runs is waited for',
		async (refusesBusy) => {
			const world = openConnect([makeOffer(1, { draft: here, live: flow }), makeOffer(2, { draft: here, live: here })], {
				refusesBusy,
				jobRequests: 12,
			});
			world.faults.set(9, 'answer lost');
			const { code, out } = await world.run('publish --all --yes');
			expect([code, out]).toEqual([0, 'offer-1: done\n']);
			expect(world.urlOf(world.offers[0], 'live')).toBe(here);
		},
	);

	it('publishes all offers side by side: certification takes days', async () => {
		const world = openConnect(
			[1, 2, 3].map((number) => makeOffer(number, { draft: intake(`key-${number}-of-the-app`), live: flow })),
			{ jobRequests: 9 },
		);
		expect((await world.run('publish --all --yes')).code).toBe(0);
		const submissions = world.requests.flatMap((request, index) => (request.startsWith('POST') ? [index] : []));
		const statuses = world.requests.findIndex((request) => request.endsWith('/status'));
		expect(submissions.filter((index) => index < statuses)).toHaveLength(3);
	});

	it('does not publish an offer for the first time', async () => {
		const world = openConnect([makeOffer(1, { draft: here })]);
		expect((await world.run('publish --all --yes')).code).toBe(0);
		expect(world.offers[0]?.trees.live).toBeUndefined();
	});
});

describe('an address', () => {
	it.each([
		[intake('k'), true],
		['https://LEADS.azurewebsites.net/api/leads/?code=k', true],
		['https://leads.azurewebsites.net/api/other?code=k', false],
		['http://leads.azurewebsites.net/api/leads?code=k', false],
		['https://leads.azurewebsites.net.evil.example/api/leads?code=k', false],
		['https://leads.azurewebsites.net@evil.example/api/leads?code=k', false],
		['nonsense', false],
	])('%s is ours: %s', (url, expected) => {
		expect(isOurs(url, { hosts: ['leads.azurewebsites.net'] })).toBe(expected);
	});

	it('is the same however it is escaped', () => {
		expect(isSameUrl('https://a.example/api/leads?code=x%3D%3D', 'https://A.example/api/leads/?code=x==')).toBe(true);
		expect(isSameUrl('https://a.example/api/leads?code=x', 'https://a.example/api/leads?code=X')).toBe(false);
	});

	it('holds a key in whatever form', () => {
		for (const url of ['https://x.example/?code=a%2Bb%3D%3D', 'https://x.example/a%2bb%3d%3d', 'https://x.example/?c=a+b=='])
			expect(holdsKey(url, 'a+b==')).toBe(true);
		expect(holdsKey('https://x.example/?code=%', 'a+b==')).toBe(false);
	});

	it('is shown without what may be a secret', () => {
		expect(showUrl(flow)).toBe('https://prod-00.westeurope.logic.azure.com/…');
		expect(concealKeys('see https://x.example/?sig=abc&code=def "ghijklmnop"', ['ghijklmnop'])).toBe(
			'see https://x.example/?sig=…&code=… "…"',
		);
	});
});
