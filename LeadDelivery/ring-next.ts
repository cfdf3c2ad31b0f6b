import type { Delivery } from '../shared/delivery/delivery.ts';
import type { DestinationName } from '../shared/delivery/destination.ts';
import { bellHorizonMs } from '../shared/queues/bell.ts';
import { ringDue } from '../shared/queues/ring-due.ts';
import { type DeliveryDeps, storageTimeoutMs } from './delivery-deps.ts';

/**
 * Rings for what comes next: for this lead when it is due before the sweep would ring it, or when it is the one that probes a cooldown (`waits`: another does, and then rings); for all that waits when
 * a cooldown has ended. Another's claim is another's bell.
 */
export async function ringNext(
	leadId: string,
	destination: DestinationName,
	after: Delivery | undefined,
	{ probesAt, waits, cooldownEnded }: { probesAt: number | undefined; waits: boolean; cooldownEnded: boolean },
	deps: DeliveryDeps,
): Promise<void> {
	const delayMs = Math.max(after?.due ?? 0, probesAt ?? 0) - deps.clock();
	if (after?.state === 'pending' && !after.claim && !waits && (probesAt !== undefined || delayMs <= bellHorizonMs)) {
		const ring = await deps.bell();
		await ring(leadId, { delayMs, signal: deps.deadline(storageTimeoutMs) });
	}
	if (cooldownEnded) await ringDue([destination], deps.clock(), deps);
}
