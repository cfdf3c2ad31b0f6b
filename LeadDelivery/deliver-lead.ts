import { claimDue } from './claim-due.ts';
import type { Courier } from './courier.ts';
import { deliverClaimed } from './deliver-claimed.ts';

/** An invocation ends after 5 minutes (`functionTimeout` in host.json); an outcome's write is repeated until shortly before. */
const invocationMs = 4.5 * 60_000;

/**
 * Looks at one lead: claims what is due, calls the destinations side by side so that one that hangs delays no other, writes each outcome. Throws only when
 * the journal cannot be reached: the bell then rings again.
 */
export async function deliverLead(leadId: string, courier: Courier): Promise<void> {
	const giveUpAt = courier.clock() + invocationMs;
	const found = await claimDue(leadId, courier);
	if (!found) return courier.log({ event: 'bell.dropped', leadId, why: 'unknown lead' });
	for (const [destination, { state }] of Object.entries(found.lead.deliveries))
		if (state === 'unreadable') courier.log({ event: 'delivery.unreadable', level: 'error', leadId, destination });
	const ends = await Promise.allSettled(found.claimed.map((claimed) => deliverClaimed(found.lead, claimed, giveUpAt, courier)));
	for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
