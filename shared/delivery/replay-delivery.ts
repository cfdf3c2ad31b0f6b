import { forgetClaim } from './begin-attempt.ts';
import { type Delivery, enter } from './delivery.ts';

/** A person's step with a delivery: what it becomes, or the state in which it refuses. */
export type Step = { ok: true; delivery: Delivery } | { ok: false; why: Delivery['state'] };

/**
 * A parked delivery is pending again, with a new window; with `again` also one that has ended. Its attempts are remembered. A CRM record is not doubled
 * by it: the record's id is the lead's, and Dataverse says that it exists; a mail comes twice.
 */
export function replayDelivery(delivery: Delivery, { now, again }: { now: number; again: boolean }): Step {
	const { state } = delivery;
	if (state === 'pending' || state === 'unreadable' || (state !== 'parked' && !again)) return { ok: false, why: state };
	// The window begins with the first attempt that counts: a destination that rests until tomorrow spends none of it.
	const { windowStart, ownCode, ...rest } = forgetClaim(delivery);
	return { ok: true, delivery: { ...rest, ...enter('pending', now), spent: 0 } };
}
