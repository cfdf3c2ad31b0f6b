import { forgetClaim } from './attempt.ts';
import { type Delivery, enter } from './delivery.ts';
import type { Step } from './replay-delivery.ts';

interface Refusal {
	code: string;
	now: number;
}

/**
 * What was parked for a refusal is pending again, because every lead is refused so: with a new window, as nothing was its fault. Refused for what a person
 * has closed or replayed since then, or what was parked for another reason.
 */
export function resumeDelivery(delivery: Delivery, { code, now }: Refusal): Step {
	const { state, recent } = delivery;
	const last = recent.at(-1);
	if (state !== 'parked' || last?.outcome !== 'permanent' || last.code !== code) return { ok: false, why: state };
	const { windowStart, ...rest } = forgetClaim(delivery);
	return { ok: true, delivery: { ...rest, ...enter('pending', now), spent: 0 } };
}

/**
 * Others are taken now: what waited with a refusal is tried again, and parked when it meets the same. An attempt that is under way is left alone: what
 * it meets is counted again.
 */
export function settleDelivery(delivery: Delivery, refusal: Refusal): Step {
	const { state, claim, recent } = delivery;
	if (state === 'pending' && !claim && recent.some(({ code }) => code === refusal.code))
		return { ok: true, delivery: { ...delivery, ownCode: refusal.code } };
	const resumed = resumeDelivery(delivery, refusal);
	return resumed.ok ? { ok: true, delivery: { ...resumed.delivery, ownCode: refusal.code } } : resumed;
}
