import { type DestinationName, destinationNames } from '../shared/delivery/destination.ts';
import { ringDue } from '../shared/queues/ring-due.ts';
import { type Sweeper, storageTimeoutMs } from './sweeper.ts';

/**
 * Rings the leads with a delivery that should have been looked at by now: none for a destination that rests, one to probe a destination whose rest is over.
 * How many were rung.
 */
export async function ringOverdue(sweeper: Sweeper): Promise<number> {
	const { settings, clock, deadline, journal } = sweeper;
	const table = await journal();
	const overdueSince = clock() - settings.attemptTimeoutMs;
	const awake: DestinationName[] = [];
	let rung = 0;
	for (const name of destinationNames) {
		const until = (await table.readRest(name, deadline(storageTimeoutMs)))?.rest.until ?? 0;
		if (until === 0) awake.push(name);
		else if (until <= clock()) rung += await ringDue([name], overdueSince, sweeper, { most: 1, atOnce: 1 });
	}
	// One at once: were every delayed bell lost, mails would get on all the same.
	return rung + (await ringDue(awake, overdueSince, sweeper, { atOnce: 1 }));
}
