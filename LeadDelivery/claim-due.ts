import { randomUUID } from 'node:crypto';
import { storageTimeoutMs } from '../shared/basics/create-deadlines.ts';
import { codeOf } from '../shared/basics/failures.ts';
import { lost, whileLost } from '../shared/basics/while-lost.ts';
import { beginAttempt, endAttempt, isDue, parkUnanswered, unanswered } from '../shared/delivery/attempt.ts';
import type { Cooldown } from '../shared/delivery/cooldown.ts';
import type { Delivery } from '../shared/delivery/delivery.ts';
import type { DestinationName } from '../shared/delivery/destination.ts';
import { isRepeatable } from '../shared/delivery/destination-kind.ts';
import type { JournaledLead } from '../shared/journal/entries.ts';
import type { Move } from '../shared/journal/journal.ts';
import type { DeliveryDeps } from './delivery-deps.ts';

/** A delivery whose attempt is ours to make. */
export interface Claimed {
	destination: DestinationName;
	delivery: Delivery;
}

const mostAttempts = 5;

/**
 * Claims all due deliveries of a lead in one transaction: their due time moves behind the attempt's deadline. Undefined when there is no such lead; nothing
 * claimed when nothing is due: someone else has it, it waits, its destination cools down, or it has ended.
 */
export async function claimDue(leadId: string, deps: DeliveryDeps): Promise<{ lead: JournaledLead; claimed: Claimed[] } | undefined> {
	const journal = await deps.journal();
	const claimId = randomUUID();
	const admitted = new Set<DestinationName>();
	return whileLost(`the deliveries of lead ${leadId}`, mostAttempts, async (attempt) => {
		const lead = await journal.find(leadId, deps.deadline(storageTimeoutMs.step));
		if (!lead) return undefined;
		const deliveries = Object.entries(lead.deliveries) as [DestinationName, Delivery][];
		const claimed = deliveries.flatMap(([destination, delivery]) => (delivery.claim?.id === claimId ? [{ destination, delivery }] : []));
		// Ours already: the answer to the last attempt was lost.
		if (claimed.length > 0) return { lead, claimed };
		const now = deps.clock();
		const settled = deliveries
			.filter(([, delivery]) => isDue(delivery, now))
			.map(([destination, from]): Move => ({ destination, from, to: settle(destination, from, deps) }));
		// What is only parked or put off calls no one: it takes no turn of its destination.
		const isAttempt = ({ to }: Move) => isDue(to, now);
		for (const { destination, to } of settled.filter(isAttempt))
			if (!admitted.has(destination) && (await admit(destination, leadId, to, deps))) admitted.add(destination);
		const moves = settled
			.filter((move) => !isAttempt(move) || admitted.has(move.destination))
			.map((move) => (isAttempt(move) ? begin(move, claimId, deps) : move));
		if (moves.length === 0) return { lead, claimed: [] };
		try {
			if ((await journal.move(lead, moves, deps.deadline(storageTimeoutMs.step))) === 'moved') {
				reportParked(leadId, moves, deps);
				return { lead, claimed: moves.flatMap(({ destination, to }) => (to.claim?.id === claimId ? [{ destination, delivery: to }] : [])) };
			}
		} catch (error) {
			if (attempt >= mostAttempts) throw error;
		}
		return lost;
	});
}

/** Whether the destination may be called for this lead now. A cooldown that cannot be read costs a call: it holds no one back, nor the other destination. */
async function admit(destination: DestinationName, leadId: string, { attempts }: Delivery, deps: DeliveryDeps): Promise<boolean> {
	const { cooldowns, log, clock } = deps;
	try {
		const refusal = await cooldowns.admit(destination, leadId);
		if (!refusal) return true;
		const { until, heldBack, cooldown, instead } = refusal;
		if (heldBack) await holdBack(destination, leadId, until, deps);
		else if (instead) await ringLater(instead, destination, clock(), deps);
		// One that was tried before has been told of then.
		else if (cooldown && attempts === 0) postpone({ destination, leadId, until, cooldown }, deps);
		return false;
	} catch (error) {
		log({ event: 'cooldown.failed', level: 'warn', leadId, destination, code: codeOf(error) });
		return true;
	}
}

/** A lead that is held back rings when the hour is over. */
async function holdBack(destination: DestinationName, leadId: string, until: number, deps: DeliveryDeps): Promise<void> {
	deps.log({ event: 'delivery.heldBack', level: 'warn', leadId, until: new Date(until).toISOString() });
	await ringLater(leadId, destination, until, deps);
}

/** Of each lead that comes while a destination cools down it is said once, until when it waits and for what. */
function postpone(
	{ destination, leadId, until, cooldown }: { destination: DestinationName; leadId: string; until: number; cooldown: Cooldown },
	{ log, cooldowns }: DeliveryDeps,
): void {
	const { why, code } = cooldown;
	if (!cooldowns.isNews(destination, leadId)) return;
	log({ event: 'delivery.postponed', level: 'warn', leadId, destination, until: new Date(until).toISOString(), why, code });
}

/** If the bell fails, the sweep rings. */
async function ringLater(
	leadId: string,
	destination: DestinationName,
	until: number,
	{ clock, bell, deadline, log }: DeliveryDeps,
): Promise<void> {
	try {
		await (await bell())(leadId, { delayMs: until - clock(), signal: deadline(storageTimeoutMs.step) });
	} catch (error) {
		log({ event: 'bell.failed', level: 'warn', leadId, destination, code: codeOf(error) });
	}
}

/**
 * What a due delivery is before an attempt of ours: when the last attempt ended without an outcome and may have sent a mail, due later; when too many did,
 * parked.
 */
function settle(destination: DestinationName, from: Delivery, { clock, random, settings }: DeliveryDeps): Delivery {
	const parked = parkUnanswered(from, clock());
	if (parked) return parked;
	return from.claim && !isRepeatable(settings.kinds, destination)
		? endAttempt(from, unansweredOutcome, { now: from.claim.at, tookMs: 0, random }, settings)
		: from;
}

const begin = ({ to, ...move }: Move, claimId: string, { clock, settings }: DeliveryDeps): Move => ({
	...move,
	to: beginAttempt(to, { claimId, now: clock(), timeoutMs: settings.attemptTimeoutMs }),
});

/** Parked without an attempt of ours: no one else would tell. */
function reportParked(leadId: string, moves: Move[], { log }: DeliveryDeps): void {
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
