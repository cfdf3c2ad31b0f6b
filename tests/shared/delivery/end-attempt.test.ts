import { describe, expect, it } from '@jest/globals';
import { beginAttempt, isDue } from '../../../shared/delivery/begin-attempt.ts';
import { newDelivery } from '../../../shared/delivery/delivery.ts';
import { endAttempt } from '../../../shared/delivery/end-attempt.ts';
import type { Outcome } from '../../../shared/delivery/outcome.ts';

const settings = { retryFirstMs: 30_000, retryWindowMs: 600_000 };
const begin = (delivery = newDelivery(0), now = 0) => beginAttempt(delivery, { claimId: 'claim', now, timeoutMs: 60_000 });
const end = (outcome: Outcome, delivery = begin(), now = 100) =>
	endAttempt(delivery, outcome, { now, tookMs: 100, random: () => 1 }, settings);
const transient: Outcome = { kind: 'transient', code: '503', reason: 'busy' };

describe('an attempt', () => {
	it('moves the due time behind its deadline, so that nobody else begins one', () => {
		const claimed = begin();
		expect(claimed).toMatchObject({ due: 70_000, attempts: 1, spent: 1, windowStart: 0, claim: { id: 'claim', at: 0 } });
		expect([isDue(claimed, 60_000), isDue(claimed, 65_000)]).toEqual([false, true]);
	});

	it('that is delivered keeps the proof', () => {
		const proof = { id: 'request', how: 'accepted by Graph' };
		expect(end({ kind: 'delivered', proof })).toMatchObject({
			state: 'delivered',
			proof,
			recent: [{ number: 1, outcome: 'delivered', tookMs: 100 }],
		});
	});

	it('that fails for a while is due again by the schedule, without its claim', () => {
		const after = end(transient);
		expect(after).toMatchObject({ state: 'pending', due: 30_100, spent: 1, recent: [{ code: '503', reason: 'busy' }] });
		expect(after).not.toHaveProperty('claim');
	});

	it('that fails by configuration is spent by nobody and never parks', () => {
		const wrong: Outcome = { kind: 'configuration', code: '401', reason: 'no', remedy: 'do', names: ['EMAIL_FROM'] };
		let delivery = newDelivery(0);
		for (let round = 0; round < 100; round++) delivery = end(wrong, begin(delivery, round * 1_000_000), round * 1_000_000);
		expect(delivery).toMatchObject({ state: 'pending', attempts: 100, spent: 0, due: 99_000_000 + 900_000 });
		expect(delivery).not.toHaveProperty('windowStart');
		expect(delivery.recent).toHaveLength(20);
	});

	it('that is refused for good is parked with the reason and the remedy', () => {
		expect(end({ kind: 'permanent', code: '400', reason: 'too long', remedy: 'shorten' })).toMatchObject({
			state: 'parked',
			reason: '400: too long',
			remedy: 'shorten',
		});
	});

	it('that ends the window parks, and says so when it may have been sent', () => {
		const spent = { ...begin(), spent: 5 };
		expect(end(transient, spent, 700_000)).toMatchObject({ state: 'parked', reason: expect.stringMatching(/^the retry window is over/) });
		expect(end({ ...transient, maybeDone: true }, spent, 700_000)).toMatchObject({
			state: 'parked',
			reason: expect.stringMatching(/^may have been sent/),
		});
	});

	it('that was never ended is remembered as unknown by the next', () => {
		expect(begin(begin(), 80_000)).toMatchObject({ attempts: 2, recent: [{ number: 1, at: 0, outcome: 'unknown', maybeDone: true }] });
	});

	it('keeps what a newer version of the app has written beside', () => {
		expect(end(transient, { ...begin(), later: 'kept' } as never)).toMatchObject({ later: 'kept' });
	});
});
