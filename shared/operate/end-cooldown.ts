import { storageTimeoutMs } from '../basics/create-deadlines.ts';
import { lost, whileLost } from '../basics/while-lost.ts';
import type { Cooldown } from '../delivery/cooldown.ts';
import type { DestinationName } from '../delivery/destination.ts';
import { resumeDelivery } from '../delivery/resume-delivery.ts';
import type { QueueDeps } from '../queues/queue-deps.ts';
import { stepDeliveries } from './step-deliveries.ts';

const mostAttempts = 5;

/** A worker may believe a cooldown for so long after it has ended: a bell that rings later finds it over. */
export const cooldownSeenMs = 4000;

/**
 * A person ends a destination's cooldown: its time is over, so that the next lead probes it, and what that lead meets decides for the others. What was parked
 * because every lead was refused alike is pending again. The rest as it was; undefined when there was none. Not ended: `heldBack`, as each worker counts the
 * mails of its hour by itself.
 */
export async function endCooldown(
	destination: DestinationName,
	services: Pick<QueueDeps, 'journal' | 'clock' | 'deadline'>,
): Promise<Cooldown | undefined> {
	const { journal, clock, deadline } = services;
	const table = await journal();
	return whileLost(`the cooldown of ${destination}`, mostAttempts, async () => {
		const known = await table.readCooldown(destination, deadline(storageTimeoutMs.step));
		const now = clock();
		if (!known || known.cooldown.until === 0) return undefined;
		const { cooldown } = known;
		const { probe, ...kept } = cooldown;
		if (cooldown.why === 'heldBack' && cooldown.until > now) return cooldown;
		const to = { ...kept, until: Math.min(cooldown.until, now), steps: 0, at: now };
		if ((await table.writeCooldown(destination, { from: known, to }, deadline(storageTimeoutMs.step))) === 'lost') return lost;
		const { code, leads } = cooldown.refused ?? { code: '', leads: [] };
		if (cooldown.why === 'refused')
			for (const leadId of leads)
				await stepDeliveries(leadId, { destination }, (delivery) => resumeDelivery(delivery, { code, now }), services);
		return cooldown.until > now ? cooldown : undefined;
	});
}
