import { storageTimeoutMs } from '../shared/basics/create-deadlines.ts';
import { isRepaired } from '../shared/delivery/cooldown.ts';
import type { DestinationName } from '../shared/delivery/destination.ts';
import { namesOf } from '../shared/delivery/destination-kind.ts';
import { ringDue } from '../shared/queues/ring-due.ts';
import type { SweepDeps } from './sweep-deps.ts';

/**
 * Rings the leads with a delivery that should have been looked at by now: none for a destination that rests, one to probe a destination whose rest is over.
 * A cooldown that has nothing to wait for ends: for settings that are right now, or when no lead waits that could probe it. How many were rung.
 */
export async function ringOverdue(deps: SweepDeps): Promise<number> {
	const { settings, clock, deadline, journal, over } = deps;
	const table = await journal();
	const overdueSince = clock() - settings.attemptTimeoutMs;
	const awake: DestinationName[] = [];
	let rung = 0;
	for (const name of namesOf(settings.kinds)) {
		const known = await table.readCooldown(name, deadline(storageTimeoutMs.step));
		const until = known?.cooldown.until ?? 0;
		const repaired = known !== undefined && isRepaired(known.cooldown, name, settings);
		if (until === 0) awake.push(name);
		else if (repaired || (until <= clock() && !(await waitsFor(name)))) {
			// Lost: a lead probes it already, or it has ended.
			if ((await table.writeCooldown(name, { from: known, to: undefined }, deadline(storageTimeoutMs.step))) === 'written')
				rung += await ringDue([name], clock(), deps, { over });
		} else if (until <= clock()) rung += await ringDue([name], overdueSince, deps, { most: 1, atOnce: 1, over });
	}
	// One at once: were every delayed bell lost, mails would get on nevertheless.
	return rung + (await ringDue(awake, overdueSince, deps, { atOnce: 1, over }));

	async function waitsFor(name: DestinationName): Promise<boolean> {
		return (await table.tickets(name, { until: Number.MAX_SAFE_INTEGER, most: 1 }, deadline(storageTimeoutMs.step))).length > 0;
	}
}
