import type { Delivery } from './delivery.ts';
import type { Step } from './replay-delivery.ts';

/** Why a person's wish does not make a waiting delivery due. */
export type NotHurried = Exclude<Delivery['state'], 'pending'> | 'under way' | 'may have been sent';

/**
 * A waiting delivery is due now. Not while an attempt is under way; and only with `named` when the last attempt may have been done nevertheless, because a
 * double is worse than a delay.
 */
export function hurryDelivery(
	delivery: Delivery,
	{ now, named }: { now: number; named: boolean },
): (Step & { ok: true }) | { ok: false; why: NotHurried } {
	const { state, due, claim, recent } = delivery;
	if (state !== 'pending') return { ok: false, why: state };
	// A claim whose time is over is an attempt whose worker is gone: the next bell sees to it.
	if (claim) return { ok: false, why: 'under way' };
	if (due > now && recent.at(-1)?.maybeDone && !named) return { ok: false, why: 'may have been sent' };
	return { ok: true, delivery: { ...delivery, due: Math.min(due, now) } };
}
