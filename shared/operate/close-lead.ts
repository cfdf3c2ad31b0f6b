import { closeDelivery } from '../delivery/replay-delivery.ts';
import type { QueueDeps } from '../queues/queue-deps.ts';
import { type Actor, type Stepped, stepDeliveries, type Which } from './step-deliveries.ts';

/** A person has dealt with what is parked of a lead (with `waiting` also with what waits). Undefined when there is no such lead. */
export async function closeLead(
	leadId: string,
	{ waiting = false, shown, ...which }: Which & { waiting?: boolean; shown?: number | undefined },
	services: Pick<QueueDeps, 'journal' | 'clock' | 'deadline'>,
	actor?: Actor,
): Promise<Stepped | undefined> {
	const now = services.clock();
	return stepDeliveries(
		leadId,
		which,
		(delivery) => closeDelivery(delivery, { now, waiting, shown }),
		services,
		actor && { ...actor, what: 'closed', at: now },
	);
}
