import { storageTimeoutMs } from '../basics/create-deadlines.ts';
import type { Cooldown } from '../delivery/cooldown.ts';
import type { DestinationName } from '../delivery/destination.ts';
import { hurryDelivery, type NotHurried } from '../delivery/replay-delivery.ts';
import { chooseProbe } from '../queues/choose-probe.ts';
import type { QueueDeps } from '../queues/queue-deps.ts';
import { ringLead } from '../queues/ring-lead.ts';
import { cooldownSeenMs, endCooldown } from './end-cooldown.ts';
import { type Actor, stepDeliveries } from './step-deliveries.ts';

export interface Retried {
	destination: DestinationName;
	/** The rest as it was: ended now, unless it is `heldBack`. */
	cooldown?: Cooldown;
	/** The leads that are due there. */
	due: string[];
	/** What is not, and why. */
	left: { leadId: string; why: NotHurried | 'unknown' | 'no such delivery' }[];
	/** The leads that were rung; when the destination rested, the one that tries it, and the others follow when it is taken. */
	rung: string[];
	/** How many were not looked at, because it was over. */
	rest: number;
	/** Why a bell could not be rung: then the sweep rings. */
	failed?: string;
}

/** What a command retries; without `leadIds` all that waits. */
export interface RetryWish {
	destination: DestinationName;
	leadIds?: string[] | undefined;
	/** Who wishes it; kept with the deliveries that are named. */
	actor?: Actor | undefined;
	/** Asked before each lead: whether the time for it is used up. */
	isOver?: () => boolean;
	/** Called with how many of how many leads were looked at. */
	progress?: (done: number, total: number) => void;
}

/** More than ever waits. */
const mostTickets = 100_000;
/** More bells would only wait: the sweep rings the others. */
const mostRung = 500;

/** Ends a destination's cooldown, makes what waits for it due now, and rings. */
export async function retryWaiting(
	{ destination, leadIds, actor, isOver = () => false, progress = () => undefined }: RetryWish,
	services: Pick<QueueDeps, 'journal' | 'bell' | 'clock' | 'deadline'>,
): Promise<Retried> {
	const cooldown = await endCooldown(destination, services);
	const retried: Retried = { destination, ...(cooldown && { cooldown }), due: [], left: [], rung: [], rest: 0 };
	const now = services.clock();
	const waiting = leadIds
		? leadIds.map((id) => ({ id, time: Number.POSITIVE_INFINITY }))
		: await (await services.journal()).tickets(
				destination,
				{ until: Number.MAX_SAFE_INTEGER, most: mostTickets },
				services.deadline(storageTimeoutMs.list),
			);
	for (const [index, { id, time }] of waiting.entries()) {
		if (isOver()) {
			retried.rest = waiting.length - index;
			break;
		}
		const why = time <= now ? undefined : await hurry(id);
		if (why) retried.left.push({ leadId: id, why });
		else retried.due.push(id);
		progress(index + 1, waiting.length);
	}
	const ended = cooldown !== undefined && cooldown.why !== 'heldBack';
	// A lead that was refused with others probes only when there is no other.
	const first = ended && !leadIds ? await chooseProbe(destination, cooldown.refused ?? { code: '', leads: [] }, services) : undefined;
	const rings = ended && !leadIds ? [first ?? retried.due[0]].filter((id) => id !== undefined) : retried.due.slice(0, mostRung);
	for (const leadId of cooldown && !ended ? [] : rings) {
		const bell = await ringLead(leadId, services, ended ? cooldownSeenMs : 0);
		if (bell !== 'rung') return { ...retried, failed: bell };
		retried.rung.push(leadId);
	}
	return retried;

	async function hurry(leadId: string): Promise<Retried['left'][number]['why'] | undefined> {
		let why: NotHurried | undefined;
		const step = (delivery: Parameters<typeof hurryDelivery>[0]) => {
			const hurried = hurryDelivery(delivery, { now, named: leadIds !== undefined });
			why = hurried.ok ? undefined : hurried.why;
			return hurried.ok ? hurried : { ok: false as const, why: delivery.state };
		};
		const stepped = await stepDeliveries(leadId, { destination }, step, services, actor && { ...actor, what: 'retried', at: now });
		if (!stepped) return 'unknown';
		return stepped.moved.length + stepped.refused.length === 0 ? 'no such delivery' : why;
	}
}
