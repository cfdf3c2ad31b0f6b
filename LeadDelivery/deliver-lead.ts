import { claimDue } from './claim-due.ts';
import { deliverClaimed } from './deliver-claimed.ts';
import type { DeliveryDeps } from './delivery-deps.ts';
import { toRequests } from './to-requests.ts';

/** An invocation ends after 5 minutes (`functionTimeout` in host.json); an outcome's write is repeated until shortly before. */
const invocationMs = 4.5 * 60_000;

/**
 * Looks at one lead: claims what is due, calls the destinations side by side so that one that hangs delays no other, writes each outcome. Throws only when
 * the journal cannot be reached: the bell then rings again.
 *
 * @param begunAt when the invocation began, in which the lead may have waited for its turn
 */
export async function deliverLead(leadId: string, deps: DeliveryDeps, begunAt = deps.clock()): Promise<void> {
	const giveUpAt = begunAt + invocationMs;
	const found = await claimDue(leadId, deps);
	if (!found) return deps.log({ event: 'bell.dropped', leadId, why: 'unknown lead' });
	for (const [destination, { state }] of Object.entries(found.lead.deliveries))
		if (state === 'unreadable') deps.log({ event: 'delivery.unreadable', level: 'error', leadId, destination });
	const how = { toRequest: toRequests(found.lead, deps), giveUpAt };
	const ends = await Promise.allSettled(found.claimed.map((claimed) => deliverClaimed(found.lead, claimed, how, deps)));
	for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
