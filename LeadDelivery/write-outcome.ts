import { storageTimeoutMs } from '../shared/basics/create-deadlines.ts';
import { type AttemptEnd, endAttempt } from '../shared/delivery/attempt.ts';
import type { Delivery } from '../shared/delivery/delivery.ts';
import type { Outcome } from '../shared/delivery/outcome.ts';
import type { JournaledLead } from '../shared/journal/entries.ts';
import type { Claimed } from './claim-due.ts';
import type { DeliveryDeps } from './delivery-deps.ts';

const pausesMs = [100, 500, 1000, 2000, 5000];

interface AttemptToWrite {
	lead: JournaledLead;
	claimed: Claimed;
	outcome: Outcome;
	end: AttemptEnd;
	/** Milliseconds since the epoch. */
	giveUpAt: number;
}

/**
 * Writes how an attempt ended, again and again until it is written or `giveUpAt`. Delivered wins: it is written over whatever the delivery has become
 * meanwhile; any other outcome of an overtaken claim is dropped. The delivery as it then is; undefined when the lead is gone.
 */
export async function writeOutcome(
	{ lead, claimed, outcome, end, giveUpAt }: AttemptToWrite,
	{ journal, settings, deadline, clock, pause }: DeliveryDeps,
): Promise<Delivery | undefined> {
	const { destination, delivery } = claimed;
	let current: { lead: JournaledLead; from: Delivery } = { lead, from: delivery };
	for (let round = 0; ; round++) {
		try {
			const { from } = current;
			const to = endAttempt(from, outcome, end, settings);
			const table = await journal();
			if ((await table.move(current.lead, [{ destination, from, to }], deadline(storageTimeoutMs.step))) === 'moved') return to;
			const found = await table.find(lead.leadId, deadline(storageTimeoutMs.step));
			const now = found?.deliveries[destination];
			if (!found || !now || now.state === 'delivered' || now.state === 'unreadable' || outcome.kind !== 'delivered') return now;
			current = { lead: found, from: now };
		} catch (error) {
			if (clock() >= giveUpAt) throw error;
		}
		await pause(pausesMs[Math.min(round, pausesMs.length - 1)] ?? 0);
	}
}
