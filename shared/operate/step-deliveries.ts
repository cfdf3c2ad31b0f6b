import { storageTimeoutMs } from '../basics/create-deadlines.ts';
import { lost, whileLost } from '../basics/while-lost.ts';
import type { Act, Delivery } from '../delivery/delivery.ts';
import type { DestinationName } from '../delivery/destination.ts';
import type { Step } from '../delivery/replay-delivery.ts';
import type { Move } from '../journal/journal.ts';
import type { QueueDeps } from '../queues/queue-deps.ts';

/** What became of a lead's deliveries. */
export interface Stepped {
	moved: DestinationName[];
	refused: { destination: DestinationName; why: Delivery['state'] }[];
}

/** Which of a lead's deliveries; all when nothing is said. */
export interface Which {
	destination?: DestinationName | undefined;
	/** Only those in this state; others are not even refused. */
	state?: Delivery['state'] | undefined;
}

/** Who acts, where that is known; it is kept with the delivery. */
export type Actor = Pick<Act, 'by' | 'note'>;

/** How many acts of people a delivery remembers. */
const rememberedActs = 20;

/** In characters: with the attempts it has to fit into a column, which holds 32,767. */
const longestActs = 6000;

/** The delivery, with one more act; the oldest are forgotten. */
export function withAct(delivery: Delivery, act: Act | undefined): Delivery {
	if (!act) return delivery;
	let acts = [...(Array.isArray(delivery.acts) ? delivery.acts : []), act].slice(-rememberedActs);
	while (acts.length > 1 && JSON.stringify(acts).length > longestActs) acts = acts.slice(1);
	return { ...delivery, acts };
}

const mostAttempts = 5;

/** A person's step with deliveries of one lead, in one transaction. Undefined when there is no such lead. */
export async function stepDeliveries(
	leadId: string,
	{ destination, state }: Which,
	step: (delivery: Delivery) => Step,
	{ journal, deadline }: Pick<QueueDeps, 'journal' | 'deadline'>,
	act?: Act,
): Promise<Stepped | undefined> {
	const table = await journal();
	return whileLost(`the deliveries of lead ${leadId}`, mostAttempts, async () => {
		const lead = await table.find(leadId, deadline(storageTimeoutMs.step));
		if (!lead) return undefined;
		const moves: Move[] = [];
		const refused: Stepped['refused'] = [];
		for (const [name, from] of Object.entries(lead.deliveries) as [DestinationName, Delivery][]) {
			if ((destination && name !== destination) || (state && from.state !== state)) continue;
			const result = step(from);
			if (result.ok) moves.push({ destination: name, from, to: withAct(result.delivery, act) });
			else refused.push({ destination: name, why: result.why });
		}
		if (moves.length > 0 && (await table.move(lead, moves, deadline(storageTimeoutMs.step))) === 'lost') return lost;
		return { moved: moves.map((move) => move.destination), refused };
	});
}
