import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { leadsTo } from '../../../sandbox/partner-center/partner-center.ts';
import { propertyRuns } from '../../support/property-runs.ts';
import { type Fault, intake, makeOffer, oldKey, openConnect } from './open-connect.ts';

const here = intake(oldKey);
const everywhere = (number: number, url = here) => makeOffer(number, { draft: url, preview: url, live: url });
const rotate = 'rotate --yes --delete-key default';

describe('npm run connect -- rotate', () => {
	it('brings a new key into every offer, publishes, asks once more, and deletes the old one', async () => {
		const world = openConnect([everywhere(1), everywhere(2), everywhere(3)], { jobRequests: 3 });
		const { code, all, questions } = await world.run('rotate', { answers: [true, true, true] });
		expect(code).toBe(0);
		expect([...world.keys.keys()]).toEqual(['k202611']);
		const key = world.keys.get('k202611') ?? '';
		for (const offer of world.offers)
			for (const target of ['draft', 'preview', 'live'] as const) expect(world.urlOf(offer, target)).toBe(intake(key));
		expect(questions).toEqual([
			'Create the key k202611 of LeadIntake?',
			'Bring the key k202611 into 3 offers?',
			expect.stringMatching(/^No offer that the API shows uses the key default\..*Delete it\?$/),
		]);
		for (const secret of [oldKey, key, encodeURIComponent(oldKey)]) expect(all).not.toContain(secret);
	});

	it('deletes nothing without a question or --delete-key, and nothing in a dry run', async () => {
		const world = openConnect([everywhere(1)]);
		expect((await world.run('rotate --dry-run')).notes).toMatch(/Dry run/);
		expect(world.requests.filter((request) => !/^GET|listkeys/.test(request))).toEqual([]);
		expect((await world.run('rotate')).code).toBe(2);
		expect((await world.run('rotate --yes')).notes).toMatch(/The key default stays. To delete it later/);
		expect([...world.keys.keys()]).toEqual(['default', 'k202611']);
		const again = await world.run(rotate);
		expect([again.code, again.out, [...world.keys.keys()]]).toEqual([0, 'The key default is deleted.\n', ['k202611']]);
	});

	it.each(['lost', 'answer lost', 503, 403] as Fault[])(
		'that fails at any call (%s) leaves no offer without a valid key, and goes on when it is started again',
		async (fault) => {
			const calls = await countCalls();
			for (let failing = 1; failing <= calls; failing++) {
				const world = openConnect([everywhere(1), makeOffer(2, { draft: here, live: here })], { pageSize: 1 });
				const seen: string[] = [];
				world.watch = () => void seen.push(...world.broken());
				world.faults.set(failing, fault);
				await world.run(rotate);
				// Whatever became of it: at no moment has an offer a key that does not exist.
				const again = await world.run(rotate);
				expect({ failing, seen, code: again.code, keys: [...world.keys.keys()] }).toEqual({
					failing,
					seen: [],
					code: 0,
					keys: ['k202611'],
				});
				expect(world.broken()).toEqual([]);
				expect(new URL(world.urlOf(world.offers[1], 'live') ?? '').searchParams.get('code')).toBe(world.keys.get('k202611'));
			}
		},
	);

	it('leaves no offer on a deleted key, whatever fails in whatever order', async () => {
		const kinds = ['lost', 'answer lost', 500, 503, 429, 404, 403, 409] as const;
		const plan = fc.record({
			faults: fc.array(fc.tuple(fc.integer({ min: 1, max: 120 }), fc.constantFrom(...kinds)), { maxLength: 12 }),
			offers: fc.array(fc.constantFrom('everywhere', 'never live', 'only a draft', 'elsewhere', 'other changes', 'by hand', 'running'), {
				minLength: 1,
				maxLength: 4,
			}),
			busy: fc.constantFrom('at once' as const, 'in the job' as const),
			asks: fc.integer({ min: 0, max: 9 }),
			failsToCertify: fc.boolean(),
			runs: fc.integer({ min: 1, max: 3 }),
		});
		await fc.assert(
			fc.asyncProperty(plan, async ({ faults, offers, busy, asks, failsToCertify, runs }) => {
				const failures = new Map(failsToCertify ? [['offer-0', 'The listing is not good enough.']] : []);
				const world = openConnect(offers.map(makeNamed), { refusesBusy: busy, jobRequests: asks, failures });
				const before = new Map(world.keys);
				const seen: string[] = [];
				world.watch = () => void seen.push(...world.broken());
				for (const [call, fault] of faults) world.faults.set(call, fault);
				for (let run = 0; run < runs; run++) await world.run(rotate);
				expect(seen).toEqual([]);
				// No key in use was replaced.
				for (const [name, value] of before) expect([undefined, value]).toContain(world.keys.get(name));
			}),
			{ numRuns: Math.ceil(propertyRuns.numRuns / 12) },
		);
	});

	it('keeps the old key while one offer is left alone, and says why', async () => {
		const changed = everywhere(2);
		changed.trees.draft?.push({
			$schema: 'https://schema.mp.microsoft.com/schema/property/2022-03-01-preview3',
			id: 'property/2',
			category: 'new',
		});
		const world = openConnect([everywhere(1), changed]);
		const { code, notes } = await world.run(rotate);
		expect(code).toBe(1);
		expect(notes).toMatch(/offer-2: its draft has other changes \(property\)/);
		expect([...world.keys.keys()]).toEqual(['default', 'k202611']);
		expect((await world.run(`${rotate} --with-other-changes`)).code).toBe(0);
		expect([...world.keys.keys()]).toEqual(['k202611']);
	});

	it('keeps the old key while an offer that the API does not show may use it', async () => {
		const world = openConnect([everywhere(1), makeNamed('by hand', 2)]);
		const { notes } = await world.run(rotate);
		expect(notes).toMatch(/offer-2 \(consultingService\): the API does not show its lead destination\. Partner Center >/);
		expect([...world.keys.keys()]).toEqual(['default', 'k202611']);
		expect((await world.run(`${rotate} --by-hand-done`)).code).toBe(0);
		expect([...world.keys.keys()]).toEqual(['k202611']);
	});

	it('keeps a key that an offer has under an address that we do not know', async () => {
		const world = openConnect([everywhere(1), everywhere(2, intake(oldKey, 'proxy.contoso.example'))]);
		expect((await world.run(rotate)).notes).toMatch(/The key default stays: offer-2: its draft uses this key/);
		expect(world.urlOf(world.offers[1], 'live')).toContain('proxy.contoso.example');
	});

	it('keeps the domain of its own by which an offer calls the app', async () => {
		const world = openConnect([everywhere(1), everywhere(2, intake(oldKey, 'leads.contoso.example'))]);
		expect((await world.run(rotate)).code).toBe(0);
		expect(world.urlOf(world.offers[1], 'live')).toBe(`https://leads.contoso.example/api/leads?code=${world.keys.get('k202611')}`);
	});

	it('never replaces a key that is there', async () => {
		const world = openConnect([everywhere(1)], {
			keys: [
				['default', oldKey],
				['k202611', 'another-key-in-use-somewhere'],
			],
		});
		await world.run(rotate);
		expect(world.keys.get('k202611')).toBe('another-key-in-use-somewhere');
		expect(world.urlOf(world.offers[0], 'live')).toBe(intake('another-key-in-use-somewhere'));
	});

	it('deletes nothing when no offer is listed', async () => {
		const world = openConnect([]);
		expect([(await world.run(rotate)).code, [...world.keys.keys()]]).toEqual([1, ['default', 'k202611']]);
	});

	it('with --no-wait begins what can be begun, and the same command goes on', async () => {
		const world = openConnect([everywhere(1)], { jobRequests: 0 });
		const codes: number[] = [];
		for (let run = 0; run < 3; run++) codes.push((await world.run(`${rotate} --no-wait`)).code);
		expect(codes[0]).toBe(1);
		expect(world.broken()).toEqual([]);
	});

	it('tells what certification says, and goes on after it is repaired', async () => {
		const world = openConnect([everywhere(1)], { failures: new Map([['offer-1', `The address ${here} does not answer.`]]) });
		const { code, out } = await world.run(rotate);
		expect([code, out]).toEqual([
			1,
			expect.stringMatching(/^offer-1: failed, Partner Center refused: validationFailed: The address .*code=… does not answer/),
		]);
		expect((await world.run(rotate)).code).toBe(0);
	});
});

function makeNamed(kind: string, number: number) {
	switch (kind) {
		case 'never live':
			return makeOffer(number, { draft: here, preview: here });
		case 'only a draft':
			return makeOffer(number, { draft: here });
		case 'elsewhere':
			return makeOffer(number, {
				draft: { ...leadsTo(`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`, here), leadDestination: 'none' },
				live: here,
			});
		case 'by hand': {
			const offer = makeOffer(number, { draft: here, live: here }, 'consultingService');
			for (const target of ['draft', 'live'] as const) offer.trees[target]?.pop();
			return offer;
		}
		case 'other changes': {
			const offer = everywhere(number);
			offer.trees.draft?.push({ $schema: 'https://schema.mp.microsoft.com/schema/property/2022-03-01-preview3', id: 'property' });
			return offer;
		}
		case 'running': {
			const offer = everywhere(number);
			for (const submission of offer.submissions) submission.running = false;
			return offer;
		}
		default:
			return everywhere(number);
	}
}

async function countCalls(): Promise<number> {
	const world = openConnect([everywhere(1), makeOffer(2, { draft: here, live: here })], { pageSize: 1 });
	await world.run(rotate);
	expect([...world.keys.keys()]).toEqual(['k202611']);
	return world.calls;
}
