import { storageTimeoutMs } from '../basics/create-deadlines.ts';
import type { DestinationName } from '../delivery/destination.ts';
import { type DestinationKind, kindOf } from '../delivery/destination-kind.ts';
import type { RetrySettings } from '../delivery/retry-schedule.ts';
import type { Ticket } from '../journal/journal.ts';
import { bellHorizonMs } from './bell.ts';
import type { QueueDeps } from './queue-deps.ts';

/** A lead that came so short a while ago does not stand behind those of a long outage. */
const latelyMs = 3 * bellHorizonMs;

/** So few need no turns: that is what the pace leaves of a mailbox's minute. */
const fewTurns = 5;

/** When it is a waiting delivery's turn. */
export interface Turn extends Ticket {
	name: DestinationName;
	/** Counted from 0, in its destination's line. */
	place: number;
	/** From now. */
	delayMs: number;
}

/**
 * The turns of what waits for a destination, oldest due first. Where there is a pace, leads that came lately come first, the others between and after
 * those who have their turn already; and only as many get one as come before the sweep looks again.
 *
 * @param atOnce so many of the first wait for no turn
 */
export async function planTurns(
	name: DestinationName,
	{ until, most, atOnce }: { until: number; most: number; atOnce: number },
	{ settings, clock, journal, deadline }: Pick<QueueDeps, 'settings' | 'clock' | 'journal' | 'deadline'>,
): Promise<Turn[]> {
	const table = await journal();
	const read = (range: { after?: number; until: number; most: number }) => table.tickets(name, range, deadline(storageTimeoutMs.step));
	const paceMs = paceOf(name, settings);
	if (paceMs === 0) return (await read({ until, most })).map((ticket, place) => ({ ...ticket, name, place, delayMs: 0 }));
	const now = clock();
	const lately = (await read({ after: now - latelyMs, until, most })).filter(({ receivedAt }) => receivedAt > now - latelyMs);
	const taken = await read({ after: now, until: now + bellHorizonMs, most });
	const soon = lately.map((_, place) => now + (place + 1) * paceMs);
	const free = freeTimes([...taken.map(({ time }) => time), ...soon], now, paceMs);
	const ahead = new Set(lately.map(({ id }) => id));
	const others = (await read({ until, most: Math.min(most, Math.max(free.length, atOnce)) })).filter(({ id }) => !ahead.has(id));
	const few = taken.length + lately.length + others.length <= fewTurns;
	const times = few ? [] : [...soon, ...free];
	return [...lately, ...others].map((ticket, place) => {
		const delayMs = place < atOnce ? 0 : (times[place] ?? now) - now;
		return { ...ticket, name, place, delayMs };
	});
}

/** The times, one pace apart, at which nothing else is due; where more is due than the pace allows, the times after it are taken too. */
function freeTimes(taken: number[], now: number, paceMs: number): number[] {
	const counts = new Map<number, number>();
	for (const time of taken) {
		const step = Math.ceil((time - now) / paceMs);
		counts.set(step, (counts.get(step) ?? 0) + 1);
	}
	const free: number[] = [];
	let surplus = 0;
	for (let step = 1; step * paceMs <= bellHorizonMs; step++) {
		surplus += counts.get(step) ?? 0;
		if (surplus > 0) surplus--;
		else free.push(now + step * paceMs);
	}
	return free;
}

/** How far apart deliveries that have waited are made, in milliseconds; 0: it does not matter. It goes by `DELIVERY_RETRY_FIRST` as all waiting does. */
function paceOf(
	name: DestinationName,
	{ kinds, retryFirstMs }: Pick<RetrySettings, 'retryFirstMs'> & { kinds: readonly DestinationKind[] },
): number {
	const count = kindOf(kinds, name)?.inFirstStep;
	return count === undefined ? 0 : Math.ceil(retryFirstMs / count);
}
