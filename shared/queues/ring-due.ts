import { storageTimeoutMs } from '../basics/create-deadlines.ts';
import { tryEach } from '../basics/try-each.ts';
import type { DestinationName } from '../delivery/destination.ts';
import type { Journal } from '../journal/journal.ts';
import { countMessages } from '../storage/messages.ts';
import { bellQueue, mostLeadsOfBell } from './bell.ts';
import { planTurns, type Turn } from './plan-turns.ts';
import type { QueueDeps } from './queue-deps.ts';

/** So many bells may wait: with more, bells are not what is missing, and they must not multiply. */
const enoughBells = 500;

/** Whose turn is so soon is rung at once: moving its due time costs more than it spares. */
const soonMs = 1000;

/**
 * Rings for leads with a delivery to these destinations that is due by a time, as long as few bells wait: oldest due first, for a mailbox at the pace at which
 * it takes mails, but for the first `atOnce`: after a cooldown none, as a mail has just ended it, and one more could begin the next. How many were rung.
 *
 * @param options.over when it aborts, no further turn is given
 */
export async function ringDue(
	destinations: readonly DestinationName[],
	until: number,
	deps: Pick<QueueDeps, 'settings' | 'clock' | 'journal' | 'bell' | 'queue' | 'deadline'>,
	{ most = enoughBells, atOnce = 0, over }: { most?: number; atOnce?: number; over?: AbortSignal } = {},
): Promise<number> {
	const { journal, bell, queue, deadline } = deps;
	const room = Math.min(most, enoughBells - (await countMessages(await queue(bellQueue), deadline(storageTimeoutMs.step))));
	if (room <= 0 || destinations.length === 0) return 0;
	const lists = await Promise.all(destinations.map((name) => planTurns(name, { until, most: room, atOnce }, deps)));
	const turns = lists
		.flat()
		.sort((one, other) => one.place - other.place || one.time - other.time)
		.slice(0, room);
	const rung = new Set<string>();
	const ring = await bell();
	// First what is put off: the bell for another destination of the same lead would find it due.
	const putOffAll = tryEach(
		turns.filter(({ delayMs }) => delayMs > soonMs),
		async (turn) => {
			if (!(await putOff(turn, await journal(), deps))) return;
			await ring(turn.id, { delayMs: turn.delayMs, signal: deadline(storageTimeoutMs.step) });
			rung.add(turn.id);
		},
		over,
	);
	const [wasPutOff] = await Promise.allSettled([putOffAll]);
	const soon = [...new Set(turns.filter(({ delayMs }) => delayMs <= soonMs).map(({ id }) => id))];
	for (let at = 0; at < soon.length; at += mostLeadsOfBell) {
		const together = soon.slice(at, at + mostLeadsOfBell);
		await Promise.all(together.map((leadId) => ring(leadId, { signal: deadline(storageTimeoutMs.step) })));
		for (const leadId of together) rung.add(leadId);
	}
	if (wasPutOff.status === 'rejected') throw wasPutOff.reason;
	return rung.size;
}

/** Moves a waiting delivery's due time to its turn, so that no other bell finds it due. False when it waits no longer, or someone else was faster. */
async function putOff(
	{ id, name, delayMs }: Turn,
	journal: Pick<Journal, 'find' | 'move'>,
	{ clock, deadline }: Pick<QueueDeps, 'clock' | 'deadline'>,
): Promise<boolean> {
	const lead = await journal.find(id, deadline(storageTimeoutMs.step));
	const from = lead?.deliveries[name];
	const now = clock();
	if (!lead || from?.state !== 'pending' || from.due > now) return false;
	const move = { destination: name, from, to: { ...from, due: now + delayMs } };
	return (await journal.move(lead, [move], deadline(storageTimeoutMs.step))) === 'moved';
}
