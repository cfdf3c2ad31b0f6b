import type { Delivery } from '../../shared/delivery/delivery.ts';
import type { DestinationName } from '../../shared/delivery/destination.ts';
import { closeDelivery, hurryDelivery, replayDelivery } from '../../shared/delivery/replay-delivery.ts';
import { isLeadId } from '../../shared/lead/lead-id.ts';

/** What a person may do: each with the word of its button. */
export const actions = {
	replay: 'Replay',
	close: 'Close',
	retry: 'Try now',
	erase: 'Erase',
} as const;
export type Action = keyof typeof actions;

/** What someone wishes to be done. */
export interface Wish {
	action: Action;
	/** Of leads or rejected payloads; frozen when they were shown. */
	ids: string[];
	/** Only the deliveries to this destination. */
	destination?: DestinationName;
	/** Replay: also what was delivered or closed. */
	again: boolean;
	note?: string;
}

/** As many are acted on with one confirmation. */
export const mostIds = 500;
const longestNote = 500;

/** Reads a wish from a form or from JSON; a sentence when it is none. What it does not know by name goes no further: it would end in the log. */
export function readWish(said: Record<string, unknown>, destinations: readonly DestinationName[]): Wish | string {
	const { action, destination, again, note } = said;
	const ids = [said.id ?? said.ids ?? []].flat();
	if (typeof action !== 'string' || !Object.hasOwn(actions, action)) return 'Choose what is to be done.';
	if (typeof destination === 'string' && destination !== '' && !destinations.includes(destination)) return 'There is no such destination.';
	if (!ids.every(isLeadId)) return 'An id is not that of a lead.';
	if (ids.length > mostIds) return `No more than ${mostIds} at once.`;
	return {
		action: action as Action,
		ids: [...new Set(ids)],
		again: again === true || again === 'yes',
		...(typeof destination === 'string' && destination && { destination }),
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

/** Whether an action does anything with a delivery, as it was read. */
export function isPossible(delivery: Delivery, { action, again }: Pick<Wish, 'action' | 'again'>, now: number): boolean {
	switch (action) {
		case 'replay':
			return replayDelivery(delivery, { now, again }).ok;
		case 'close':
			return closeDelivery(delivery, { now }).ok;
		case 'retry':
			return hurryDelivery(delivery, { now, named: true }).ok;
		case 'erase':
			return true;
	}
}
