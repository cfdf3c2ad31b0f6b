import { codeOf } from '../shared/basics/failures.ts';
import type { Cooldown } from '../shared/delivery/cooldown.ts';
import type { Configuration, Outcome, Permanent } from '../shared/delivery/outcome.ts';
import type { JournaledLead } from '../shared/journal/entries.ts';
import { attemptDelivery } from './attempt-delivery.ts';
import type { Claimed } from './claim-due.ts';
import type { Learnt } from './cooldowns.ts';
import type { DeliveryDeps } from './delivery-deps.ts';
import { reportAttempt } from './report-attempt.ts';
import { ringNext } from './ring-next.ts';
import { seeToRefused } from './see-to-refused.ts';
import type { ToRequest } from './to-requests.ts';
import { writeOutcome } from './write-outcome.ts';

/** One claimed delivery: the attempt, what the destination's cooldown learns from it, the outcome in the journal, the next bell. */
export async function deliverClaimed(
	lead: JournaledLead,
	claimed: Claimed,
	{ toRequest, giveUpAt }: { toRequest: ToRequest; giveUpAt: number },
	deps: DeliveryDeps,
): Promise<void> {
	const { clock, random } = deps;
	const begun = clock();
	const request = await toRequest(claimed.delivery);
	const met = request ? await attemptDelivery(claimed.destination, request, deps) : unreadable;
	const tookMs = clock() - begun;
	const learnt = await learn(lead, claimed, met, deps);
	const { until: cooldownUntil, probes = false, ended = false, alike } = learnt;
	const outcome = alike && met.kind === 'permanent' ? toDestinationsFault(met, alike.cooldown) : met;
	const end = { now: clock(), tookMs, random, cooldownUntil };
	const after = await writeOutcome({ lead, claimed, outcome, end, giveUpAt }, deps);
	reportAttempt({ lead, claimed, outcome, after, end }, deps.log);
	await seeToRefused(lead.leadId, claimed.destination, { outcome, after, learnt }, deps);
	try {
		await ringNext(
			{
				leadId: lead.leadId,
				destination: claimed.destination,
				after,
				probesAt: probes ? cooldownUntil : undefined,
				waits: cooldownUntil !== undefined && !probes,
				cooldownEnded: ended,
			},
			deps,
		);
	} catch (error) {
		// The sweep rings what is overdue.
		deps.log({ event: 'bell.failed', level: 'warn', leadId: lead.leadId, destination: claimed.destination, code: codeOf(error) });
	}
}

/** A cooldown that cannot be read or written only costs calls. */
async function learn(
	{ leadId }: JournaledLead,
	{ destination, delivery: { ownCode } }: Claimed,
	outcome: Outcome,
	{ cooldowns, log }: DeliveryDeps,
): Promise<Learnt> {
	try {
		return await cooldowns.learn(destination, { leadId, ownCode }, outcome);
	} catch (error) {
		log({ event: 'cooldown.failed', level: 'warn', leadId, destination, code: codeOf(error) });
		return {};
	}
}

/** What every lead meets is not this lead's refusal: it waits until it is repaired. */
const toDestinationsFault = ({ code, reason, remedy }: Permanent, { names = [] }: Cooldown): Configuration => ({
	kind: 'configuration',
	code,
	reason: `several leads in a row were refused for the same reason, even in their smallest form: ${reason}`,
	remedy: `Find out why every lead is refused with ${code}; waiting leads are tried again automatically. The advice for a single lead would be: ${remedy}`,
	names,
});

const unreadable: Outcome = {
	kind: 'permanent',
	code: 'unreadable',
	reason: 'this version of the app cannot read the payload that an earlier one accepted',
	remedy: 'Look at the payload, update the app, replay the delivery.',
};
