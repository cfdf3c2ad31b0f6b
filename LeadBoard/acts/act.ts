import type { Delivery } from '../../shared/delivery/delivery.ts';
import type { DestinationName } from '../../shared/delivery/destination.ts';
import { closeDelivery, hurryDelivery, replayDelivery } from '../../shared/delivery/replay-delivery.ts';
import { cut, oneLine } from '../../shared/lead/clean-text.ts';
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
	/**
	 * When the person was asked to confirm. What has changed since then was not seen, and is left alone; so a confirmation that is sent twice does nothing twice.
	 * Milliseconds since the epoch.
	 */
	shown?: number;
}

/** As many are acted on with one confirmation. */
export const mostIds = 500;
const longestNote = 500;

/** `all`: also those that no setting names any more. `named`: without them. */
export type Destinations = Record<'all' | 'named', readonly DestinationName[]>;

/** Reads a wish from a form or from JSON; a sentence when it is none. What it does not know by name goes no further: it would end in the log. */
export function readWish(said: Record<string, unknown>, { all, named }: Destinations): Wish | string {
	const { action, destination, to, again, note } = said;
	// A lead's page is found in any case.
	const ids = [...new Set([said.id ?? said.ids ?? []].flat().map((id: unknown) => (typeof id === 'string' ? id.toLowerCase() : id)))];
	const shown = readTime(said.shown);
	if (typeof action !== 'string' || !Object.hasOwn(actions, action)) return 'Choose what is to be done.';
	// Whatever limits an act must be understood: without it more would be done than was wished.
	if (isSaid(destination) && !(typeof destination === 'string' && all.includes(destination))) return 'There is no such destination.';
	if (action === 'send' && !(typeof to === 'string' && named.includes(to)))
		return 'Choose where to send to: one of the destinations that the settings name.';
	if (!ids.every(isLeadId)) return 'An id is not that of a lead.';
	if (isSaid(again) && typeof again !== 'boolean' && again !== 'yes') return '"again" is true or false.';
	if (isSaid(note) && typeof note !== 'string') return 'The note is one text.';
	if (Number.isNaN(shown)) return '"shown" is not a time: give one in ISO 8601.';
	// For good, so that each is looked at.
	if (action === 'erase' && ids.length > 1) return 'Leads are erased one by one: give one id.';
	if (ids.length > mostIds) return `No more than ${mostIds} at once.`;
	return {
		action: action as Action,
		ids,
		again: again === true || again === 'yes',
		...(action === 'send' && { to: String(to) }),
		...(action !== 'send' && typeof destination === 'string' && destination && { destination }),
		...(typeof note === 'string' && toNote(note) && { note: toNote(note) }),
		...(shown !== undefined && { shown }),
	};
}

/** Forms say nothing by an empty field. */
const isSaid = (value: unknown): boolean => value !== undefined && value !== '';

/** NaN for what is no time. */
const readTime = (value: unknown): number | undefined =>
	isSaid(value) ? (typeof value === 'string' && isoTime.test(value) ? Date.parse(value) : Number.NaN) : undefined;
const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/;

/** One line, without what no one can see: bidi controls would change what stands beside it, and others would be six characters each in the journal. */
const toNote = (text: string): string => cut(oneLine(text.replace(/\p{Cc}+/gu, ' ')), longestNote).trim();

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
