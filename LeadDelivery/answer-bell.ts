import type { StorageQueueHandler } from '@azure/functions';
import { storageTimeoutMs } from '../shared/basics/create-deadlines.ts';
import { codeOf } from '../shared/basics/failures.ts';
import { logTo } from '../shared/basics/log.ts';
import { leadIdsOfBell } from '../shared/queues/bell.ts';
import { openInTime } from '../shared/queues/queue-deps.ts';
import type { Services } from '../shared/services.ts';
import { createCooldowns } from './cooldowns.ts';
import { deliverLead } from './deliver-lead.ts';
import type { DeliveryDeps } from './delivery-deps.ts';
import { openHands, type TakeInHand } from './open-hands.ts';

/**
 * Leads that one worker has in hand at once, whatever its messages name: `batchSize` in host.json counts messages. With eight, a mailbox that is at its limit
 * refuses twice as many calls, and nothing is cheaper (decision 0021).
 */
export const mostInHand = 4;

/** A lead whose turn does not come in this time is rung again: a destination that hangs holds a hand for a minute, and an invocation ends after five. */
const patienceMs = 20_000;

/** As `visibilityTimeout` in host.json: so long waits a message that has failed. */
const againAfterMs = 30_000;

/**
 * Queue `bells`: looks at the leads that a bell names, each when its turn comes. A message that is not a bell is dropped: only the journal holds the truth. Throws
 * when every lead has failed, or one could not be rung again: the host then brings the same message again, and what is done by then is not due any more.
 */
export const answerBell = (services: Services): StorageQueueHandler => {
	const opened = openInTime(services, storageTimeoutMs.step);
	const cooldowns = createCooldowns(opened);
	const takeInHand = openHands(mostInHand);
	return async (message, context) => {
		const log = logTo(context);
		const leadIds = leadIdsOfBell(message);
		if (leadIds.length === 0) return log({ event: 'bell.dropped', level: 'warn', why: 'not a bell' });
		await deliverLeads(leadIds, takeInHand, { ...opened, cooldowns, log });
	};
};

async function deliverLeads(leadIds: string[], takeInHand: TakeInHand, deps: DeliveryDeps): Promise<void> {
	const { clock, deadline, log } = deps;
	const begunAt = clock();
	const patience = deadline(patienceMs);
	const failed: { leadId: string; error: unknown }[] = [];
	const look = (leadId: string) =>
		takeInHand(() => deliverLead(leadId, deps, begunAt).catch((error) => void failed.push({ leadId, error })), patience);
	const lookOrRing = async (leadId: string) => {
		if (await look(leadId)) return;
		log({ event: 'bell.repeated', leadId, why: 'no turn' });
		await ringAgain(leadId, deps);
	};
	const ends = await Promise.allSettled(leadIds.map(lookOrRing));
	// One that fails does not repeat the others: it rings alone from now on, and the host counts its failures.
	if (failed.length === leadIds.length) throw failed[0]?.error;
	for (const { leadId, error } of failed) {
		log({ event: 'bell.repeated', level: 'warn', leadId, why: codeOf(error) });
		await ringAgain(leadId, deps, againAfterMs);
	}
	for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

async function ringAgain(leadId: string, { bell, deadline }: DeliveryDeps, delayMs = 0): Promise<void> {
	await (await bell())(leadId, { delayMs, signal: deadline(storageTimeoutMs.step) });
}
