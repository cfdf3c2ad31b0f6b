import type { Journal } from '../journal/journal.ts';
import type { Turn } from './plan-turns.ts';
import type { QueueDeps } from './queue-deps.ts';

const storageTimeoutMs = 10_000;

/** Moves a waiting delivery's due time to its turn, so that no other bell finds it due. False when it waits no longer, or someone else was faster. */
export async function putOff(
	{ id, name, delayMs }: Turn,
	journal: Pick<Journal, 'find' | 'move'>,
	{ clock, deadline }: Pick<QueueDeps, 'clock' | 'deadline'>,
): Promise<boolean> {
	const lead = await journal.find(id, deadline(storageTimeoutMs));
	const from = lead?.deliveries[name];
	const now = clock();
	if (!lead || from?.state !== 'pending' || from.due > now) return false;
	const move = { destination: name, from, to: { ...from, due: now + delayMs } };
	return (await journal.move(lead, [move], deadline(storageTimeoutMs))) === 'moved';
}
