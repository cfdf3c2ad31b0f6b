import { storageTimeoutMs } from '../basics/create-deadlines.ts';
import { lost, whileLost } from '../basics/while-lost.ts';
import { newDelivery } from '../delivery/delivery.ts';
import type { DestinationName } from '../delivery/destination.ts';
import type { ListedLead } from '../journal/entries.ts';
import type { QueueDeps } from '../queues/queue-deps.ts';
import { ringLead } from '../queues/ring-lead.ts';
import { type Actor, type Stepped, withAct } from './step-deliveries.ts';

const mostAttempts = 5;

/** So few are rung at once; the sweep rings the others at the pace of their destination. */
export const mostRung = 20;

/** What keeps a lead from being sent there, `''` when it was sent before; undefined when nothing does. */
export function whyNotSent({ deliveries, undecided, journalOnly }: ListedLead, to: DestinationName): string | undefined {
	if (deliveries[to]) return '';
	if (undecided) return 'it is undecided where it goes';
	return journalOnly === undefined ? undefined : 'it is for the journal only';
}

/**
 * Gives a lead a delivery to a destination that it did not go to. Undefined when there is no such lead. `bell` tells why it was not rung: the sweep will ring.
 *
 * @param rings false: the sweep rings, at the pace of the destination
 */
export async function sendLead(
	leadId: string,
	destination: DestinationName,
	{ rings }: { rings: boolean },
	services: Pick<QueueDeps, 'journal' | 'bell' | 'clock' | 'deadline'>,
	actor?: Actor,
): Promise<(Stepped & { bell: string }) | undefined> {
	const { clock, deadline } = services;
	const journal = await services.journal();
	const stepped = await whileLost(`the deliveries of lead ${leadId}`, mostAttempts, async () => {
		const lead = await journal.find(leadId, deadline(storageTimeoutMs.step));
		if (!lead) return undefined;
		const there = lead.deliveries[destination];
		if (there) return { moved: [], refused: [{ destination, why: there.state }] };
		const at = clock();
		const to = withAct(newDelivery(at), actor && { ...actor, what: 'sent', at });
		const moved = await journal.move(lead, [{ destination, to }], deadline(storageTimeoutMs.step));
		return moved === 'lost' ? lost : { moved: [destination], refused: [] };
	});
	if (!stepped) return undefined;
	return { ...stepped, bell: stepped.moved.length > 0 && rings ? await ringLead(leadId, services) : 'none' };
}
