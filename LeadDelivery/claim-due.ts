import { randomUUID } from 'node:crypto';
import { beginAttempt, isDue } from '../shared/delivery/begin-attempt.ts';
import type { Delivery } from '../shared/delivery/delivery.ts';
import { endAttempt } from '../shared/delivery/end-attempt.ts';
import { parkUnanswered, unanswered } from '../shared/delivery/park-unanswered.ts';
import { type DestinationName, repeatable } from '../shared/destinations/destination.ts';
import type { JournaledLead, Move } from '../shared/journal/journal.ts';
import { type Courier, storageTimeoutMs } from './courier.ts';

/** A delivery whose attempt is ours to make. */
export interface Claimed {
	destination: DestinationName;
	delivery: Delivery;
}

const mostRounds = 5;

/**
 * Claims all due deliveries of a lead in one transaction: their due time moves behind the attempt's deadline. Undefined when there is no such lead; nothing
 * claimed when nothing is due: somebody else has it, it waits, its destination rests, or it has ended.
 */
export async function claimDue(leadId: string, courier: Courier): Promise<{ lead: JournaledLead; claimed: Claimed[] } | undefined> {
	const journal = await courier.journal();
	const claimId = randomUUID();
	const admitted = new Set<DestinationName>();
	for (let round = 1; ; round++) {
		const lead = await journal.find(leadId, courier.deadline(storageTimeoutMs));
		if (!lead) return undefined;
		const deliveries = Object.entries(lead.deliveries) as [DestinationName, Delivery][];
		const claimed = deliveries.flatMap(([destination, delivery]) => (delivery.claim?.id === claimId ? [{ destination, delivery }] : []));
		// Ours already: the answer to the last round was lost.
		if (claimed.length > 0) return { lead, claimed };
		const due = deliveries.filter(([, delivery]) => isDue(delivery, courier.clock()));
		for (const [destination] of due)
			if (!admitted.has(destination) && (await admit(destination, leadId, courier))) admitted.add(destination);
		const moves = due
			.filter(([destination]) => admitted.has(destination))
			.map(([destination, delivery]) => step(destination, delivery, claimId, courier));
		if (moves.length === 0) return { lead, claimed: [] };
		try {
			if ((await journal.move(lead, moves, courier.deadline(storageTimeoutMs))) === 'moved') {
				reportParked(leadId, moves, courier);
				return { lead, claimed: moves.flatMap(({ destination, to }) => (to.claim?.id === claimId ? [{ destination, delivery: to }] : [])) };
			}
		} catch (error) {
			if (round >= mostRounds) throw error;
		}
		if (round >= mostRounds) throw new Error(`the deliveries of lead ${leadId} would not hold still`);
	}
}

/** Whether the destination may be called for this lead now. A lead that is held back rings when the hour is over. */
async function admit(destination: DestinationName, leadId: string, { rests, clock, bell, deadline, log }: Courier): Promise<boolean> {
	const rest = await rests.admit(destination, leadId);
	if (rest?.heldBack) {
		log({ event: 'email.heldBack', level: 'warn', leadId, until: new Date(rest.until).toISOString() });
		await (await bell())(leadId, { delayMs: rest.until - clock(), signal: deadline(storageTimeoutMs) });
	}
	return rest === undefined;
}

/**
 * What a due delivery becomes: an attempt of ours; when the last attempt ended without an outcome and may have sent a mail, a later due time; when too many
 * did, parked.
 */
function step(destination: DestinationName, from: Delivery, claimId: string, { clock, random, settings }: Courier): Move {
	const now = clock();
	const parked = parkUnanswered(from, now);
	if (parked) return { destination, from, to: parked };
	const ended =
		from.claim && !repeatable[destination]
			? endAttempt(from, unansweredOutcome, { now: from.claim.at, tookMs: 0, random }, settings)
			: from;
	const to = isDue(ended, now) ? beginAttempt(ended, { claimId, now, timeoutMs: settings.attemptTimeoutMs }) : ended;
	return { destination, from, to };
}

/** Parked without an attempt of ours: nobody else would tell. */
function reportParked(leadId: string, moves: Move[], { log }: Courier): void {
	for (const { destination, to } of moves)
		if (to.state === 'parked')
			log({ event: 'delivery.parked', level: 'error', leadId, destination, attempt: to.attempts, code: unanswered });
}

const unansweredOutcome = {
	kind: 'transient',
	maybeDone: true,
	code: unanswered,
	reason: 'the attempt ended without an outcome',
} as const;
