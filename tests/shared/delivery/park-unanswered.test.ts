import { describe, expect, it } from '@jest/globals';
import { beginAttempt, endAttempt, parkUnanswered } from '../../../shared/delivery/attempt.ts';
import { type Delivery, newDelivery } from '../../../shared/delivery/delivery.ts';
import { replayDelivery } from '../../../shared/delivery/replay-delivery.ts';

const now = 1_790_000_000_000;

/** The delivery after a worker has died over it so often. */
const died = (times: number, from: Delivery = newDelivery(now)): Delivery =>
	Array.from({ length: times }).reduce<Delivery>((delivery) => beginAttempt(delivery, { claimId: 'claim', now, timeoutMs: 60_000 }), from);
const failedOnce = (delivery: Delivery): Delivery =>
	endAttempt(
		beginAttempt(delivery, { claimId: 'claim', now, timeoutMs: 60_000 }),
		{ kind: 'transient', code: '503', reason: 'busy' },
		{ now, tookMs: 1, random: () => 1 },
		{ retryFirstMs: 30_000, retryWindowMs: 86_400_000 },
	);

describe('a delivery over which workers die', () => {
	it('is parked after ten times in a row, with the reason and what to do', () => {
		expect(parkUnanswered(died(9), now)).toBeUndefined();
		expect(parkUnanswered(died(10), now + 5)).toMatchObject({
			state: 'parked',
			due: now + 5,
			attempts: 10,
			reason: 'may have been delivered; the worker ended 10 times in a row before the attempt had an outcome',
			remedy: expect.stringContaining('replay it'),
		});
		const parked = parkUnanswered(died(10), now);
		expect(parked).not.toHaveProperty('claim');
		expect(parked?.recent.map(({ outcome }) => outcome)).toEqual(Array(10).fill('unknown'));
	});

	it('is not parked when one of the ten had an outcome', () => {
		expect(parkUnanswered(died(9, failedOnce(died(3))), now)).toBeUndefined();
		expect(parkUnanswered(died(10, failedOnce(died(3))), now)).toMatchObject({ state: 'parked' });
	});

	it('has ten more lives after a replay', () => {
		const parked = parkUnanswered(died(10), now);
		const replayed = replayDelivery(parked as Delivery, { now, again: false });
		if (!replayed.ok) throw new Error(replayed.why);
		expect(parkUnanswered(replayed.delivery, now)).toBeUndefined();
		expect(parkUnanswered(died(9, replayed.delivery), now)).toBeUndefined();
		expect(parkUnanswered(died(10, replayed.delivery), now)).toMatchObject({ state: 'parked' });
	});
});
