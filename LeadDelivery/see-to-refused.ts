import { codeOf } from '../shared/basics/failures.ts';
import type { Delivery } from '../shared/delivery/delivery.ts';
import type { DestinationName } from '../shared/delivery/destination.ts';
import type { Outcome } from '../shared/delivery/outcome.ts';
import type { Step } from '../shared/delivery/replay-delivery.ts';
import { resumeDelivery, settleDelivery } from '../shared/delivery/resume-delivery.ts';
import { stepDeliveries } from '../shared/operate/step-deliveries.ts';
import type { Learnt } from './cooldowns.ts';
import type { DeliveryDeps } from './delivery-deps.ts';

interface Ended {
	outcome: Outcome;
	after: Delivery | undefined;
	learnt: Learnt;
}

/**
 * What an attempt tells of other leads' refusals. When leads begin to be refused alike, those that were parked for it are pending again. When others are
 * taken, all of them are, to be tried once more. And who was parked in the very moment in which it began, too late for whoever saw to the others, sees to
 * itself: it is parked first and looks then, the other writes the rest first and looks then, so that one of them finds it.
 */
export async function seeToRefused(
	leadId: string,
	destination: DestinationName,
	{ outcome, after, learnt }: Ended,
	deps: DeliveryDeps,
): Promise<void> {
	const { cooldowns, log } = deps;
	try {
		const { alike, cleared } = learnt;
		if (alike?.begins) await stepAll(alike.refused, resumeDelivery);
		if (cleared) await stepAll(cleared, settleDelivery);
		if (outcome.kind === 'permanent' && outcome.smallest && after?.state === 'parked')
			if (await cooldowns.refusedAlike(destination, leadId, outcome)) await step(leadId, outcome.code, resumeDelivery);
	} catch (error) {
		// When the rest ends they are seen to again; at worst a person replays what is parked.
		log({ event: 'cooldown.failed', level: 'warn', leadId, destination, code: codeOf(error) });
	}

	async function stepAll({ code, leads }: { code: string; leads: string[] }, how: typeof resumeDelivery): Promise<void> {
		for (const id of leads) if (id !== leadId) await step(id, code, how);
	}

	async function step(id: string, code: string, how: typeof resumeDelivery): Promise<void> {
		let wasParked = false;
		const take = (delivery: Delivery): Step => {
			wasParked = delivery.state === 'parked';
			return how(delivery, { code, now: deps.clock() });
		};
		const stepped = await stepDeliveries(id, { destination }, take, deps);
		if (wasParked && stepped?.moved.length) log({ event: 'delivery.resumed', level: 'warn', leadId: id, destination, code });
	}
}
