import type { DestinationName } from '../delivery/destination.ts';
import type { Rest } from '../delivery/rest.ts';
import { resumeDelivery } from '../delivery/resume-delivery.ts';
import type { QueueDeps } from '../queues/queue-deps.ts';
import { stepDeliveries } from './step-deliveries.ts';

const storageTimeoutMs = 10_000;
const mostRounds = 5;

/** A worker may believe a rest for so long after it has ended: a bell that rings later finds it over. */
export const restSeenMs = 4000;

/**
 * A person ends a destination's rest: its time is over, so that the next lead probes it, and what that lead meets decides for the others. What was parked
 * because every lead was refused alike is pending again. The rest as it was; undefined when there was none. Not ended: `heldBack`, as each worker counts the
 * mails of its hour by itself.
 */
export async function endRest(
	destination: DestinationName,
	services: Pick<QueueDeps, 'journal' | 'clock' | 'deadline'>,
): Promise<Rest | undefined> {
	const { journal, clock, deadline } = services;
	const table = await journal();
	for (let round = 1; round <= mostRounds; round++) {
		const known = await table.readRest(destination, deadline(storageTimeoutMs));
		const now = clock();
		if (!known || known.rest.until === 0) return undefined;
		const { probe, ...rest } = known.rest;
		if (rest.why === 'heldBack' && rest.until > now) return rest;
		const to = { ...rest, until: Math.min(rest.until, now), steps: 0, at: now };
		if ((await table.writeRest(destination, { from: known, to }, deadline(storageTimeoutMs))) === 'lost') continue;
		const { code, leads } = rest.refused ?? { code: '', leads: [] };
		if (rest.why === 'refused')
			for (const leadId of leads)
				await stepDeliveries(leadId, { destination }, (delivery) => resumeDelivery(delivery, { code, now }), services);
		return rest.until > now ? rest : undefined;
	}
	throw new Error(`the rest of ${destination} would not hold still`);
}
