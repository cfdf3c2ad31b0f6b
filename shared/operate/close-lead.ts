import { closeDelivery } from '../delivery/replay-delivery.ts';
import type { QueueDeps } from '../queues/queue-deps.ts';
import { type Stepped, stepDeliveries, type Which } from './step-deliveries.ts';

/** A person has dealt with what is parked of a lead. Undefined when there is no such lead. */
export async function closeLead(
	leadId: string,
	which: Which,
	services: Pick<QueueDeps, 'journal' | 'clock' | 'deadline'>,
): Promise<Stepped | undefined> {
	const now = services.clock();
	return stepDeliveries(leadId, which, (delivery) => closeDelivery(delivery, { now }), services);
}
