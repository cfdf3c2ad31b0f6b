import { describe, expect, it } from '@jest/globals';
import { type Cooldown, cooldownAfter, isOlderThan } from '../../../shared/delivery/cooldown.ts';
import type { Outcome } from '../../../shared/delivery/outcome.ts';

const minute = 60_000;
const settings = { retryFirstMs: 30_000 };
const cooling: Cooldown = { until: 10 * minute, why: 'asked', code: '429', since: 0, leads: ['first'], steps: 0 };

const delivered: Outcome = { kind: 'delivered', proof: { id: 'proof', how: 'accepted' } };
const refused: Outcome = { kind: 'permanent', code: '400', reason: 'too long', remedy: 'shorten' };
const busy: Outcome = { kind: 'transient', code: '503', reason: 'busy' };
const asking = (retryAfterMs: number): Outcome => ({ kind: 'transient', code: '429', reason: 'slow down', retryAfterMs });
const wrong: Outcome = { kind: 'configuration', code: '403', reason: 'no', remedy: 'grant it', names: ['Mail.Send'] };

const next = (cooldown: Cooldown | undefined, outcome: Outcome, { leadId = 'lead', now = minute } = {}) =>
	cooldownAfter(cooldown, outcome, { leadId, now }, settings);
const alike = (code = '400 0x1'): Outcome => ({ kind: 'permanent', code, reason: 'no', remedy: 'look', smallest: true });
/** What is left after leads that met these outcomes, one after the other. */
const left = (...attempts: [leadId: string, outcome: Outcome][]) =>
	attempts.reduce<Cooldown | undefined>((cooldown, [leadId, outcome]) => next(cooldown, outcome, { leadId }), undefined);

describe('a destination', () => {
	it('cools down after the third lead in a row has failed, and not after one lead that it refuses three times', () => {
		const counted = next(next(undefined, busy, { leadId: 'a' }), busy, { leadId: 'b' });
		expect(counted).toMatchObject({ until: 0, leads: ['a', 'b'] });
		expect(next(counted, busy, { leadId: 'b' })).toMatchObject({ until: 0 });
		expect(next(counted, busy, { leadId: 'c' })).toMatchObject({ why: 'failing', until: minute + 30_000, steps: 1 });
	});

	it.each([
		['delivered', delivered],
		['refused', refused],
	])('that has only failed now and then is forgiven when a lead is %s', (_, outcome) => {
		expect(next(next(undefined, busy), outcome)).toBeUndefined();
	});

	it('cools down twice as long each time its probe fails, at most thirty first steps', () => {
		let cooldown: Cooldown | undefined = { ...cooling, why: 'failing', until: 0, leads: ['a', 'b'] };
		const lengths: number[] = [];
		for (let now = 0; lengths.length < 7; now = cooldown?.until ?? 0) {
			cooldown = next(cooldown, busy, { now });
			lengths.push(((cooldown?.until ?? 0) - now) / 30_000);
		}
		expect(lengths).toEqual([1, 2, 4, 8, 16, 30, 30]);
	});
});

describe('a destination that asks to be called again soon', () => {
	it('is not called at once when it asks for that: three leads in a row have to fail, as without a wish', () => {
		expect(next(undefined, asking(0))).toMatchObject({ until: 0, why: 'failing' });
		expect(left(['a', asking(0)], ['b', asking(999)], ['c', asking(0)])).toMatchObject({ until: minute + 30_000, why: 'failing' });
	});

	it('is obeyed four times in a row, then rests as long as one that asks for nothing', () => {
		let cooldown: Cooldown | undefined;
		const lengths: number[] = [];
		for (let now = minute; lengths.length < 11; now = cooldown?.until ?? 0) {
			cooldown = next(cooldown, asking(1000), { now });
			lengths.push(((cooldown?.until ?? 0) - now) / 1000);
		}
		expect(lengths).toEqual([1, 1, 1, 1, 30, 60, 120, 240, 480, 900, 900]);
		expect(next(cooldown, asking(2000 * 1000), { now: cooldown?.until ?? 0 })).toMatchObject({
			why: 'asked',
			until: (cooldown?.until ?? 0) + 2_000_000,
		});
	});
});

describe('while a destination cools down', () => {
	it.each([
		['a success', delivered],
		['a refusal', refused],
		['a failure', busy],
		['a configuration failure', wrong],
		['a shorter wish', asking(5 * minute)],
		['the same wish, a moment later', asking(9 * minute + 500)],
	])('%s of a call that was under way when the rest began changes nothing', (_, outcome) => {
		expect(next(cooling, outcome)).toBe(cooling);
		const heldBack: Cooldown = { ...cooling, why: 'heldBack', leads: [] };
		expect(next(heldBack, outcome)).toBe(heldBack);
		const probed: Cooldown = { ...cooling, probe: 'another' };
		expect(next(probed, outcome)).toBe(probed);
	});

	it('a longer Retry-After is obeyed, and a probe that began before it does not end it', () => {
		const longer = next({ ...cooling, probe: 'probe' }, asking(20 * minute));
		expect(longer).toMatchObject({ why: 'asked', until: 21 * minute });
		expect(next(longer, delivered, { leadId: 'probe' })).toBe(longer);
	});

	it('its probe ends the rest or prolongs it', () => {
		const probed: Cooldown = { ...cooling, probe: 'lead' };
		expect(next(probed, delivered)).toBeUndefined();
		expect(next(probed, refused)).toBeUndefined();
		expect(next(probed, asking(20 * minute))).toMatchObject({ until: 21 * minute });
		expect(next(probed, wrong)).toMatchObject({ why: 'configuration', until: 2 * minute, names: ['Mail.Send'] });
	});
});

describe('when a rest is over', () => {
	it('any success ends it', () => {
		expect(next(cooling, delivered, { now: 10 * minute })).toBeUndefined();
	});
});

describe('what a person has to repair', () => {
	it.each([
		['a configuration failure', wrong],
		['leads that are refused alike', alike()],
	])('is looked at after 1, 2, 4 and 8 minutes, then every 15, after %s', (_, outcome) => {
		let cooldown = outcome.kind === 'permanent' ? left(['a', outcome], ['b', outcome]) : undefined;
		const lengths: number[] = [];
		for (let now = minute; lengths.length < 6; now = cooldown?.until ?? 0) {
			cooldown = next(cooldown, outcome, { now });
			lengths.push(((cooldown?.until ?? 0) - now) / minute);
		}
		expect(lengths).toEqual([1, 2, 4, 8, 15, 15]);
	});

	it('is not looked at sooner than its answer asks for', () => {
		expect(next(undefined, { ...wrong, retryAfterMs: 20 * minute })).toMatchObject({ why: 'configuration', until: 21 * minute });
	});

	it('begins anew after an outage, and an outage after it', () => {
		const longOutage: Cooldown = { ...cooling, why: 'failing', until: minute, steps: 5 };
		const misconfigured = next(longOutage, wrong);
		expect(misconfigured).toMatchObject({ until: 2 * minute });
		expect(next({ ...longOutage, why: 'configuration' }, busy)).toMatchObject({ why: 'failing', until: minute + 30_000 });
	});
});

describe('leads in a row that are refused with the same code in their smallest form', () => {
	const begun = { why: 'refused', code: '400 0x1', until: 2 * minute, refused: { code: '400 0x1', leads: ['a', 'b', 'c'] } };
	const trio = left(['a', alike()], ['b', alike()], ['c', alike()]);

	it('let the destination rest when they are three, and name that', () => {
		expect(left(['a', alike()], ['b', alike()])).toMatchObject({ until: 0 });
		expect(trio).toMatchObject({ ...begun, names: ['refusal of every lead with 400 0x1'] });
	});

	it.each<[string, [string, Outcome][]]>([
		[
			'one lead again and again',
			[
				['a', alike()],
				['a', alike()],
				['a', alike()],
			],
		],
		[
			'two leads in turn',
			[
				['a', alike()],
				['b', alike()],
				['a', alike()],
				['b', alike()],
			],
		],
		[
			'other codes',
			[
				['a', alike()],
				['b', alike('400 0x2')],
				['c', alike('400 0x3')],
			],
		],
		[
			'another code in between',
			[
				['a', alike()],
				['b', alike()],
				['x', alike('400 0x2')],
				['c', alike()],
			],
		],
		[
			'a lead that is delivered in between',
			[
				['a', alike()],
				['b', alike()],
				['x', delivered],
				['c', alike()],
			],
		],
		[
			'a lead that is refused for itself in between',
			[
				['a', alike()],
				['b', alike()],
				['x', refused],
				['c', alike()],
			],
		],
		[
			'leads that are refused for themselves',
			[
				['a', refused],
				['b', refused],
				['c', refused],
			],
		],
	])('are not %s', (_, attempts) => {
		expect(left(...attempts)?.until ?? 0).toBe(0);
	});

	it('are counted on over a failure in between', () => {
		expect(left(['a', alike()], ['b', busy], ['c', alike()], ['d', alike()])).toMatchObject({
			why: 'refused',
			refused: { leads: ['a', 'c', 'd'] },
		});
		expect(left(['a', alike()], ['b', alike()], ['x', wrong])).toMatchObject({ refused: { leads: ['a', 'b'] } });
	});

	it('are joined by those whose calls were under way, and by each that probes', () => {
		const joined = next(trio, alike(), { leadId: 'd' });
		expect(joined).toMatchObject({ until: 2 * minute, refused: { leads: ['a', 'b', 'c', 'd'] } });
		const probed = next({ ...(joined as Cooldown), probe: 'e' }, alike(), { leadId: 'e' });
		expect(probed).toMatchObject({ until: 3 * minute, refused: { leads: ['a', 'b', 'c', 'd', 'e'] } });
	});

	it.each<[string, Outcome]>([
		['delivered', delivered],
		['refused for itself', refused],
		['refused with another code', alike('400 0x2')],
	])('let it rest no longer when the lead that probes is %s', (_, outcome) => {
		expect(next({ ...(trio as Cooldown), probe: 'x' }, outcome, { leadId: 'x' })?.until ?? 0).toBe(0);
	});

	it('wait on when the lead that probes meets an outage, and are known after it', () => {
		const outage = next({ ...(trio as Cooldown), probe: 'x' }, busy, { leadId: 'x' });
		expect(outage).toMatchObject({ why: 'failing', until: minute + 30_000 });
		expect(next({ ...(outage as Cooldown), probe: 'y' }, alike(), { leadId: 'y' })).toMatchObject({ why: 'refused', until: 2 * minute });
	});

	it('count no lead that met the same before others were taken', () => {
		const own = { leadId: 'c', now: minute, ownCode: '400 0x1' };
		const counted = left(['a', alike()], ['b', alike()]);
		expect(cooldownAfter(counted, alike(), own, settings)).toBe(counted);
		expect(cooldownAfter(undefined, alike(), own, settings)).toBeUndefined();
		expect(cooldownAfter(counted, alike(), { ...own, ownCode: '400 0x9' }, settings)).toMatchObject(begun);
	});
});

describe('a worker that has started since', () => {
	it.each([
		['failing', true],
		['configuration', true],
		['refused', true],
		['asked', false],
		['heldBack', false],
	] as const)('may try a destination that cools down (%s): %s', (why, expected) => {
		expect(isOlderThan({ ...cooling, why, at: minute }, minute + 1)).toBe(expected);
		expect(isOlderThan({ ...cooling, why, at: minute }, minute)).toBe(false);
		expect(isOlderThan({ ...cooling, why, at: minute, probe: 'another' }, minute + 1)).toBe(false);
	});
});
