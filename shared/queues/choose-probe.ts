import { storageTimeoutMs } from '../basics/create-deadlines.ts';
import type { Refused } from '../delivery/cooldown.ts';
import type { DestinationName } from '../delivery/destination.ts';
import type { QueueDeps } from './queue-deps.ts';

/** A due lead that is none of those which were refused alike, oldest due first: were they at fault themselves, it would show. Undefined when there is none. */
export async function chooseProbe(
	destination: DestinationName,
	{ leads }: Refused,
	{ journal, clock, deadline }: Pick<QueueDeps, 'journal' | 'clock' | 'deadline'>,
): Promise<string | undefined> {
	const table = await journal();
	const due = await table.tickets(destination, { until: clock(), most: leads.length + 1 }, deadline(storageTimeoutMs.aside));
	return due.find(({ id }) => !leads.includes(id))?.id;
}
