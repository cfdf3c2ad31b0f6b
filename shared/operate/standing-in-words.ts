import type { Cooldown } from '../delivery/cooldown.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { relativeText, timeText } from './time-words.ts';

/** Where a delivery stands, and what comes next. @param cooldown The one that keeps it from being tried, if there is one. */
export function standingInWords(
	{ state, since, due, attempts, claim }: Delivery,
	{ now, cooldown }: { now: number; cooldown?: Cooldown | undefined },
): string {
	const at = (time: number) => `${timeText(time)} (${relativeText(time, now)})`;
	if (state !== 'pending') return `${state} ${at(since)}`;
	if (claim) return `pending, attempt ${attempts} began ${at(claim.at)}; without an outcome, again ${at(due)}`;
	if (cooldown && due <= now) return `pending, attempt ${attempts + 1} comes when the cooldown is over`;
	return `pending, attempt ${attempts + 1} is due ${at(due)}`;
}
