import { storageTimeoutMs } from '../shared/basics/create-deadlines.ts';
import type { Delivery } from '../shared/delivery/delivery.ts';
import type { DestinationName } from '../shared/delivery/destination.ts';
import { bellHorizonMs } from '../shared/queues/bell.ts';
import { ringDue } from '../shared/queues/ring-due.ts';
import type { DeliveryDeps } from './delivery-deps.ts';

interface Next {
	leadId: string;
	destination: DestinationName;
	/** The delivery after its attempt; undefined when the lead is gone. */
	after: Delivery | undefined;
	/** When this lead probes the destination's cooldown. */
	probesAt: number | undefined;
	/** Another lead does, and then rings. */
	waits: boolean;
	cooldownEnded: boolean;
}

/**
 * Rings for what comes next: for this lead when it is due before the sweep would ring it, or when it is the one that probes a cooldown (`waits`: another does, and then rings); for all that waits when
 * a cooldown has ended. Another's claim is another's bell.
 */
export async function ringNext({ leadId, destination, after, probesAt, waits, cooldownEnded }: Next, deps: DeliveryDeps): Promise<void> {
	const delayMs = Math.max(after?.due ?? 0, probesAt ?? 0) - deps.clock();
	if (after?.state === 'pending' && !after.claim && !waits && (probesAt !== undefined || delayMs <= bellHorizonMs)) {
		const ring = await deps.bell();
		await ring(leadId, { delayMs, signal: deps.deadline(storageTimeoutMs.step) });
	}
	if (cooldownEnded) await ringDue([destination], deps.clock(), deps);
}
