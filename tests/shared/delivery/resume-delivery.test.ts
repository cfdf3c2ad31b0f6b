import { describe, expect, it } from '@jest/globals';
import { beginAttempt, endAttempt } from '../../../shared/delivery/attempt.ts';
import { type Delivery, newDelivery } from '../../../shared/delivery/delivery.ts';
import { closeDelivery, replayDelivery } from '../../../shared/delivery/replay-delivery.ts';
import { resumeDelivery, settleDelivery } from '../../../shared/delivery/resume-delivery.ts';

const now = 1_790_000_000_000;
const code = '400 0x1';
const settings = { retryFirstMs: 30_000, retryWindowMs: 7 * 86_400_000 };
const begun = (from: Delivery) => beginAttempt(from, { claimId: 'claim', now, timeoutMs: 60_000 });
const parked: Delivery = endAttempt(
	begun(newDelivery(now)),
	{ kind: 'permanent', code, reason: 'no', remedy: 'look' },
	{ now, tookMs: 1, random: () => 1 },
	settings,
);
const stepped = (step: ReturnType<typeof resumeDelivery>) => (step.ok ? step.delivery : step.why);

describe('what was parked for a refusal that every lead meets', () => {
	it('is pending again, with a new window and its attempts remembered', () => {
		expect(stepped(resumeDelivery(parked, { code, now: now + 5 }))).toEqual({
			state: 'pending',
			since: now + 5,
			due: now + 5,
			attempts: 1,
			spent: 0,
			recent: parked.recent,
		});
	});

	it.each<[string, Delivery]>([
		['closed by a person', closeDelivery(parked, { now }) as never],
		['parked for another code', { ...parked, recent: [{ number: 1, at: now, outcome: 'permanent', code: '400 0x2' }] }],
		['parked because its window is over', { ...parked, recent: [{ number: 1, at: now, outcome: 'transient', code }] }],
		['parked because its worker died', { ...parked, recent: [{ number: 1, at: now, outcome: 'unknown', code: 'unanswered' }] }],
		['delivered', { ...parked, state: 'delivered' }],
	])('but not what is %s', (_, given) => {
		const delivery = 'delivery' in given ? (given.delivery as Delivery) : given;
		expect(stepped(resumeDelivery(delivery, { code, now }))).toBe(delivery.state);
		expect(stepped(settleDelivery(delivery, { code, now }))).toBe(delivery.state);
	});
});

describe('when others are taken', () => {
	it('what waits with the refusal, or was parked for it, is tried once more, and the refusal is then its own', () => {
		const waiting = stepped(resumeDelivery(parked, { code, now })) as Delivery;
		expect(stepped(settleDelivery(waiting, { code, now: now + 5 }))).toEqual({ ...waiting, ownCode: code });
		expect(stepped(settleDelivery(parked, { code, now: now + 5 }))).toEqual({ ...waiting, since: now + 5, due: now + 5, ownCode: code });
	});

	it('an attempt that is under way is left alone, and so is a lead that never met the refusal', () => {
		const waiting = stepped(resumeDelivery(parked, { code, now })) as Delivery;
		expect(stepped(settleDelivery(begun(waiting), { code, now }))).toBe('pending');
		expect(stepped(settleDelivery(newDelivery(now), { code, now }))).toBe('pending');
	});

	it('a person who replays it begins anew', () => {
		const own: Delivery = { ...parked, ownCode: code };
		expect(stepped(replayDelivery(own, { now, again: false }))).not.toHaveProperty('ownCode');
	});
});
