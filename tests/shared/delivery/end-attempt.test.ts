import { describe, expect, it } from '@jest/globals';
import { beginAttempt, endAttempt, isDue } from '../../../shared/delivery/attempt.ts';
import { type Delivery, newDelivery } from '../../../shared/delivery/delivery.ts';
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

	describe('that fails by configuration', () => {
		const wrong: Outcome = { kind: 'configuration', code: '403', reason: 'no', remedy: 'grant it', names: ['Mail.Send'] };
		const window = 1_200_000;
		const attempt = (delivery: Delivery, outcome: Outcome, at: number) =>
			endAttempt(begin(delivery, at), outcome, { now: at + 100, tookMs: 100, random: () => 1 }, { ...settings, retryWindowMs: window });
		const failing = (times: number, from = newDelivery(0)) => {
			let delivery = from;
			for (let round = 0; round < times; round++) delivery = attempt(delivery, transient, delivery.due);
			return delivery;
		};

		it('keeps what to do while it waits, until the next attempt', () => {
			const waiting = attempt(newDelivery(0), wrong, 0);
			expect(waiting).toMatchObject({ state: 'pending', remedy: 'grant it' });
			expect(attempt(waiting, transient, waiting.due)).not.toHaveProperty('remedy');
		});

		it.each([1, 50])('%d times over eight windows leaves the window where it was', (times) => {
			const tried = failing(4);
			const used = (tried.recent[3]?.at ?? 0) + 100;
			let delivery = tried;
			for (let round = 1; round <= times; round++) delivery = attempt(delivery, wrong, tried.due + (round * 8 * window) / times);
			const mended = delivery.due + 8 * window;
			delivery = attempt(delivery, transient, mended);
			expect(delivery).toMatchObject({ state: 'pending', spent: 5, windowStart: mended + 100 - used });
			expect(failing(1, delivery)).toMatchObject({ state: 'parked' });
		});

		it('stops the window also when the worker ends without an outcome after it', () => {
			const died = begin(attempt(failing(4), wrong, 700_000), 5_000_000);
			expect(attempt(died, transient, 9_000_000)).toMatchObject({ state: 'pending' });
		});

		it('moves a window that began after it by no more than the attempt', () => {
			const { windowStart, ...replayed } = attempt(failing(1), wrong, 100_000);
			expect(attempt({ ...replayed, spent: 0 }, transient, 500_000)).toMatchObject({ windowStart: 500_100 });
		});
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
