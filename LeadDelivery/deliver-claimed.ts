import { codeOf } from '../shared/basics/code-of.ts';
import type { Outcome } from '../shared/delivery/outcome.ts';
import type { JournaledLead } from '../shared/journal/journal.ts';
import { attemptDelivery } from './attempt-delivery.ts';
import type { Claimed } from './claim-due.ts';
import type { Courier } from './courier.ts';
import { reportAttempt } from './report-attempt.ts';
import { ringNext } from './ring-next.ts';
import { toRequest } from './to-request.ts';
import { writeOutcome } from './write-outcome.ts';

/** One claimed delivery: the attempt, what the destination's rest learns from it, the outcome in the journal, the next bell. */
export async function deliverClaimed(lead: JournaledLead, claimed: Claimed, giveUpAt: number, courier: Courier): Promise<void> {
	const { clock, random } = courier;
	const begun = clock();
	const request = await toRequest(lead, claimed.delivery, courier);
	const outcome = request ? await attemptDelivery(claimed.destination, request, courier) : unreadable;
	const tookMs = clock() - begun;
	const { until: restUntil, ended = false } = await learn(lead, claimed, outcome, courier);
	const end = { now: clock(), tookMs, random, restUntil };
	const after = await writeOutcome(lead, claimed, outcome, end, giveUpAt, courier);
	reportAttempt(lead, claimed, outcome, after, end, courier.log);
	try {
		await ringNext(lead.leadId, claimed.destination, after, { probes: restUntil !== undefined, restEnded: ended }, courier);
	} catch (error) {
		// The sweep rings what is overdue.
		courier.log({ event: 'bell.failed', level: 'warn', leadId: lead.leadId, destination: claimed.destination, code: codeOf(error) });
	}
}

/** A rest that cannot be read or written only costs calls. */
async function learn({ leadId }: JournaledLead, { destination }: Claimed, outcome: Outcome, { rests, log }: Courier) {
	try {
		return await rests.learn(destination, leadId, outcome);
	} catch (error) {
		log({ event: 'rest.failed', level: 'warn', leadId, destination, code: codeOf(error) });
		return {};
	}
}

const unreadable: Outcome = {
	kind: 'permanent',
	code: 'unreadable',
	reason: 'this version of the app cannot read the payload that an earlier one accepted',
	remedy: 'Look at the payload, update the app, replay the delivery.',
};
