import { type Delivery, enter } from './delivery.ts';
import type { Step } from './replay-delivery.ts';

/** A person has dealt with a parked delivery. Why it was parked stays readable. */
export function closeDelivery(delivery: Delivery, { now }: { now: number }): Step {
	if (delivery.state !== 'parked') return { ok: false, why: delivery.state };
	return { ok: true, delivery: { ...delivery, ...enter('closed', now) } };
}
