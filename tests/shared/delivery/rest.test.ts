import { describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../../shared/delivery/outcome.ts';
import { type Rest, restAfter } from '../../../shared/delivery/rest.ts';

const minute = 60_000;
const settings = { retryFirstMs: 30_000 };
const resting: Rest = { until: 10 * minute, why: 'asked', code: '429', since: 0, leads: ['first'], steps: 0 };

const delivered: Outcome = { kind: 'delivered', proof: { id: 'proof', how: 'accepted' } };
const refused: Outcome = { kind: 'permanent', code: '400', reason: 'too long', remedy: 'shorten' };
const busy: Outcome = { kind: 'transient', code: '503', reason: 'busy' };
const asking = (retryAfterMs: number): Outcome => ({ kind: 'transient', code: '429', reason: 'slow down', retryAfterMs });
const wrong: Outcome = { kind: 'configuration', code: '403', reason: 'no', remedy: 'grant it', names: ['Mail.Send'] };

const next = (rest: Rest | undefined, outcome: Outcome, { leadId = 'lead', now = minute } = {}) =>
	restAfter(rest, outcome, { leadId, now }, settings);

describe('a destination', () => {
	it('rests after the third lead in a row has failed, and not after one lead that it refuses three times', () => {
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

	it('rests twice as long each time its probe fails, at most thirty first steps', () => {
		let rest: Rest | undefined = { ...resting, why: 'failing', until: 0, leads: ['a', 'b'] };
		const lengths: number[] = [];
		for (let now = 0; lengths.length < 7; now = rest?.until ?? 0) {
			rest = next(rest, busy, { now });
			lengths.push(((rest?.until ?? 0) - now) / 30_000);
		}
		expect(lengths).toEqual([1, 2, 4, 8, 16, 30, 30]);
	});
});

describe('while a destination rests', () => {
	it.each([
		['a success', delivered],
		['a refusal', refused],
		['a failure', busy],
		['a configuration failure', wrong],
		['a shorter wish', asking(5 * minute)],
		['the same wish, a moment later', asking(9 * minute + 500)],
	])('%s of a call that was under way when the rest began changes nothing', (_, outcome) => {
		expect(next(resting, outcome)).toBe(resting);
		const heldBack: Rest = { ...resting, why: 'heldBack', leads: [] };
		expect(next(heldBack, outcome)).toBe(heldBack);
		const probed: Rest = { ...resting, probe: 'another' };
		expect(next(probed, outcome)).toBe(probed);
	});

	it('a longer Retry-After is obeyed, and a probe that began before it does not end it', () => {
		const longer = next({ ...resting, probe: 'probe' }, asking(20 * minute));
		expect(longer).toMatchObject({ why: 'asked', until: 21 * minute });
		expect(next(longer, delivered, { leadId: 'probe' })).toBe(longer);
	});

	it('its probe ends the rest or prolongs it', () => {
		const probed: Rest = { ...resting, probe: 'lead' };
		expect(next(probed, delivered)).toBeUndefined();
		expect(next(probed, refused)).toBeUndefined();
		expect(next(probed, asking(20 * minute))).toMatchObject({ until: 21 * minute });
		expect(next(probed, wrong)).toMatchObject({ why: 'configuration', until: 16 * minute, names: ['Mail.Send'] });
	});
});

describe('when a rest is over', () => {
	it('any success ends it', () => {
		expect(next(resting, delivered, { now: 10 * minute })).toBeUndefined();
	});
});
