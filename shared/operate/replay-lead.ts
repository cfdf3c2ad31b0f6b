import { replayDelivery } from '../delivery/replay-delivery.ts';
import type { QueueDeps } from '../queues/queue-deps.ts';
import { ringLead } from '../queues/ring-lead.ts';
import { type Actor, type Stepped, stepDeliveries, type Which } from './step-deliveries.ts';

/**
 * Makes a lead's parked deliveries (with `again` also those that have ended) pending, and rings. Undefined when there is no such lead. `bell` tells why
 * it could not be rung: the sweep will ring.
 */
export async function replayLead(
	leadId: string,
	{ again, shown, ...which }: Which & { again: boolean; shown?: number | undefined },
	services: Pick<QueueDeps, 'journal' | 'bell' | 'clock' | 'deadline'>,
	actor?: Actor,
): Promise<(Stepped & { bell: string }) | undefined> {
	const now = services.clock();
	const stepped = await stepDeliveries(
		leadId,
		which,
		(delivery) => replayDelivery(delivery, { now, again, shown }),
		services,
		actor && { ...actor, what: 'replayed', at: now },
	);
	return stepped && { ...stepped, bell: stepped.moved.length > 0 ? await ringLead(leadId, services) : 'none' };
}
