import type { Delivery } from '../../shared/delivery/delivery.ts';
import type { DestinationName } from '../../shared/delivery/destination.ts';
import { closeDelivery, hurryDelivery, replayDelivery } from '../../shared/delivery/replay-delivery.ts';
import { isLeadId } from '../../shared/lead/lead-id.ts';

/** What a person may do: each with the word of its button. */
export const actions = {
	replay: 'Replay',
	close: 'Close',
	retry: 'Try now',
	send: 'Send',
	erase: 'Erase',
} as const;
export type Action = keyof typeof actions;

/** What someone wishes to be done. */
export interface Wish {
	action: Action;
	/** Of leads or rejected payloads; frozen when they were shown. */
	ids: string[];
	/** Send: where to. */
	to?: DestinationName;
	/** Only the deliveries to this destination. */
	destination?: DestinationName;
	/** Replay: also what was delivered or closed. */
	again: boolean;
	note?: string;
}

/** As many are acted on with one confirmation. */
export const mostIds = 500;
const longestNote = 500;

/** `all`: also those that no setting names any more. `named`: without them. */
export type Destinations = Record<'all' | 'named', readonly DestinationName[]>;

/** Reads a wish from a form or from JSON; a sentence when it is none. What it does not know by name goes no further: it would end in the log. */
export function readWish(said: Record<string, unknown>, { all, named }: Destinations): Wish | string {
	const { action, destination, to, again, note } = said;
	const ids = [said.id ?? said.ids ?? []].flat();
	if (typeof action !== 'string' || !Object.hasOwn(actions, action)) return 'Choose what is to be done.';
	if (typeof destination === 'string' && destination !== '' && !all.includes(destination)) return 'There is no such destination.';
	if (action === 'send' && !(typeof to === 'string' && named.includes(to)))
		return 'Choose where to send to: one of the destinations that the settings name.';
	if (!ids.every(isLeadId)) return 'An id is not that of a lead.';
	if (ids.length > mostIds) return `No more than ${mostIds} at once.`;
	return {
		action: action as Action,
		ids: [...new Set(ids)],
		again: again === true || again === 'yes',
		...(action === 'send' && { to: String(to) }),
		...(action !== 'send' && typeof destination === 'string' && destination && { destination }),
		...(typeof note === 'string' && toNote(note) && { note: toNote(note) }),
	};
}

/** One line, without what no one can see: each of these would be six characters in the journal. */
const toNote = (text: string): string =>
	text
		.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
		.trim()
		.slice(0, longestNote)
		.toWellFormed();

/**
 * Whether an action does anything with a delivery, as it was read.
 *
 * @param waiting what waits can be closed too
 */
export function isPossible(
	delivery: Delivery,
	{ action, again }: Pick<Wish, 'action' | 'again'>,
	{ now, waiting }: { now: number; waiting: boolean },
): boolean {
	switch (action) {
		case 'replay':
			return replayDelivery(delivery, { now, again }).ok;
		case 'close':
			return closeDelivery(delivery, { now, waiting }).ok;
		case 'retry':
			return hurryDelivery(delivery, { now, named: true }).ok;
		case 'send':
			return false; // never with one that is there
		case 'erase':
			return true;
	}
}
