import { describe, expect, it } from '@jest/globals';
import { beginAttempt, endAttempt } from '../../../shared/delivery/attempt.ts';
import { type Delivery, newDelivery } from '../../../shared/delivery/delivery.ts';
import { closeDelivery, replayDelivery } from '../../../shared/delivery/replay-delivery.ts';

const now = 1_790_000_000_000;
const day = 86_400_000;
const settings = { retryFirstMs: 30_000, retryWindowMs: 7 * day };
const end = { now, tookMs: 1, random: () => 1 };

/** A delivery that was parked after one attempt. */
const parked: Delivery = endAttempt(
	beginAttempt(newDelivery(now - day), { claimId: 'claim', now: now - day, timeoutMs: 60_000 }),
	{ kind: 'permanent', code: '400', reason: 'no', remedy: 'do' },
	end,
	settings,
);
const inState = (state: Delivery['state']): Delivery => ({ ...parked, state });

describe('a replay', () => {
	it('makes a parked delivery pending, due now, with its attempts remembered', () => {
		expect(replayDelivery(parked, { now, again: false })).toEqual({
			ok: true,
			delivery: { state: 'pending', since: now, due: now, attempts: 1, spent: 0, recent: parked.recent },
		});
	});

	it('begins a new window, with its first attempt', () => {
		const replayed = replayDelivery(parked, { now: now + 10 * day, again: false });
		if (!replayed.ok) throw new Error(replayed.why);
		const attempt = beginAttempt(replayed.delivery, { claimId: 'next', now: now + 11 * day, timeoutMs: 60_000 });
		expect(attempt).toMatchObject({ attempts: 2, spent: 1, windowStart: now + 11 * day });
		const failed = endAttempt(attempt, { kind: 'transient', code: '503', reason: 'busy' }, { ...end, now: now + 11 * day }, settings);
		expect(failed).toMatchObject({ state: 'pending', due: now + 11 * day + 30_000 });
	});

	it.each(['delivered', 'closed'] as const)('is refused for a %s delivery but with again', (state) => {
		expect(replayDelivery(inState(state), { now, again: false })).toEqual({ ok: false, why: state });
		expect(replayDelivery(inState(state), { now, again: true })).toMatchObject({ ok: true, delivery: { state: 'pending' } });
	});

	it('is refused for a pending delivery, which may be under way', () => {
		expect(replayDelivery(inState('pending'), { now, again: true })).toEqual({ ok: false, why: 'pending' });
	});
});

describe('closing', () => {
	it('ends a parked delivery and keeps why it was parked', () => {
		expect(closeDelivery(parked, { now: now + 1 })).toEqual({
			ok: true,
			delivery: { ...parked, state: 'closed', since: now + 1, due: now + 1 },
		});
	});

	it.each(['pending', 'delivered', 'closed'] as const)('is refused for a %s delivery', (state) => {
		expect(closeDelivery(inState(state), { now })).toEqual({ ok: false, why: state });
	});
});
