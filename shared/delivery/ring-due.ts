import type { DestinationName } from '../destinations/destination.ts';
import type { Services } from '../services.ts';
import { countMessages } from '../storage/count-messages.ts';
import { bellQueue } from './bell.ts';

const storageTimeoutMs = 10_000;

/** So many bells may wait: with more, bells are not what is missing, and they must not multiply. */
const enoughBells = 500;

/** Rings for leads with a delivery to these destinations that is due by a time, oldest due first, as long as few bells wait. How many were rung. */
export async function ringDue(
	destinations: readonly DestinationName[],
	until: number,
	{ journal, bell, queue, deadline }: Pick<Services, 'journal' | 'bell' | 'queue' | 'deadline'>,
	most = enoughBells,
): Promise<number> {
	const room = Math.min(most, enoughBells - (await countMessages(await queue(bellQueue), deadline(storageTimeoutMs))));
	if (room <= 0 || destinations.length === 0) return 0;
	const table = await journal();
	const lists = destinations.map((name) => table.tickets(name, { until, most: room }, deadline(storageTimeoutMs)));
	const tickets = (await Promise.all(lists)).flat().sort((one, other) => one.time - other.time);
	const leadIds = [...new Set(tickets.map(({ id }) => id))].slice(0, room);
	const ring = await bell();
	for (const leadId of leadIds) await ring(leadId, { signal: deadline(storageTimeoutMs) });
	return leadIds.length;
}
