import { forgetClaim } from './attempt.ts';
import { type Delivery, enter } from './delivery.ts';

/** A person's step with a delivery: what it becomes, or the state in which it refuses. */
export type Step = { ok: true; delivery: Delivery } | { ok: false; why: Delivery['state'] };

/**
 * A parked delivery is pending again, with a new window; with `again` also one that has ended. Its attempts are remembered. A CRM record is not doubled
 * by it: the record's id is the lead's, and Dataverse says that it exists; a mail comes twice.
 *
 * @param shown when a person saw it: what has entered its state later is left alone. Milliseconds since the epoch
 */
export function replayDelivery(
	delivery: Delivery,
	{ now, again, shown = Infinity }: { now: number; again: boolean; shown?: number | undefined },
): Step {
	const { state, since } = delivery;
	if (since > shown) return { ok: false, why: state };
	if (state === 'pending' || state === 'unreadable' || (state !== 'parked' && !again)) return { ok: false, why: state };
	// The window begins with the first attempt that counts: a destination that rests until tomorrow spends none of it.
	const { windowStart, ownCode, ...rest } = forgetClaim(delivery);
	return { ok: true, delivery: { ...rest, ...enter('pending', now), spent: 0 } };
}

/**
 * A person has dealt with a parked delivery. Why it was parked stays readable. With `waiting` also with one that waits, as for a destination that no setting
 * names any more; not while an attempt is under way.
 */
export function closeDelivery(
	delivery: Delivery,
	{ now, waiting = false, shown = Infinity }: { now: number; waiting?: boolean; shown?: number | undefined },
): Step {
	const { state, claim, due, since } = delivery;
	if (since > shown) return { ok: false, why: state };
	if (state === 'pending' && waiting && !(claim && due > now))
		return { ok: true, delivery: { ...forgetClaim(delivery), ...enter('closed', now) } };
	if (state !== 'parked') return { ok: false, why: state };
	return { ok: true, delivery: { ...delivery, ...enter('closed', now) } };
}

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
