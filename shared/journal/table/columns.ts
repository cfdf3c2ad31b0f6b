import { type Attempt, type Claim, type Delivery, enter } from '../../delivery/delivery.ts';
import type { Proof } from '../../delivery/outcome.ts';
import type { Summary } from '../entries.ts';

/** Milliseconds since the epoch, from it to the last time that a `Date` can hold. */
export const isTime = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 8.64e15;

/** The value of a column that holds JSON; undefined when it cannot be read. */
export function parseColumn(column: unknown): unknown {
	if (typeof column !== 'string') return undefined;
	try {
		return JSON.parse(column);
	} catch {
		return undefined; // cut off, or written by hand
	}
}

const kinds: Record<string, 'string' | 'boolean'> = {
	name: 'string',
	company: 'string',
	email: 'string',
	offer: 'string',
	action: 'string',
	offerId: 'string',
	country: 'string',
	source: 'string',
	phone: 'string',
	campaign: 'string',
	isWhole: 'boolean',
	isTest: 'boolean',
	doNotContact: 'boolean',
} satisfies Record<keyof Summary, 'string' | 'boolean'>;

/** What can be read of a lead's summary: a list is worth more than what one of its rows cannot show. */
export function fromSummaryColumn(column: unknown): Summary {
	const read = Object.entries({ ...(parseColumn(column) as object) });
	return Object.fromEntries(read.filter(([name, value]) => typeof value === kinds[name]));
}

/**
 * UTF-16 units. Storage refuses a text of more than 32,768, and with it the outcome of an attempt, which would then be made again and again.
 * https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model
 */
const longestColumn = 32_000;

/**
 * A destination's column in a lead's row. Versions that know only `due` need it in every state: of an ended delivery it is the time since when it has ended,
 * and the time of a parked one's ticket. What does not fit is forgotten: the oldest attempts, then what people noted, then all but the beginning of texts.
 */
export function toDeliveryColumn(delivery: Delivery): string {
	let written: Delivery = delivery.state === 'pending' ? delivery : { ...delivery, due: delivery.since };
	const forget: (() => Partial<Delivery> | undefined)[] = [
		() => (written.recent.length > 1 ? { recent: written.recent.slice(1) } : undefined),
		() => (Array.isArray(written.acts) && written.acts.length > 1 ? { acts: written.acts.slice(1) } : undefined),
	];
	let text = JSON.stringify(written);
	while (text.length > longestColumn) {
		const shorter = forget[0]?.();
		if (shorter) written = { ...written, ...shorter };
		else if (forget.shift() === undefined) return JSON.stringify(written, shorten);
		text = JSON.stringify(written);
	}
	return text;
}

/** With six units for the worst of characters, the few texts that are left fit. */
const shorten = (_name: string, value: unknown) => (typeof value === 'string' ? value.slice(0, 500).toWellFormed() : value);

/**
 * Reads the column of any version: what is missing has a harmless value, members that we do not know are kept. What has another form is `unreadable`: it
 * may be a newer version's, so that nothing is done with the delivery and its column stays as it is.
 */
export function fromDeliveryColumn(column: unknown, receivedAt: number): Delivery {
	const untried = { attempts: 0, spent: 0, recent: [] };
	const read: Loose<Delivery> = { ...untried, ...(parseColumn(column) as object) };
	if (!isDelivery(read)) return { ...enter('unreadable', receivedAt), ...untried, reason: 'this version of the app cannot read it' };
	// Of an ended delivery `due` counts: a version that does not know `since` has set it alone, and left in `since` what it found there.
	return { ...read, since: read.state === 'pending' ? (read.since ?? receivedAt) : read.due };
}

type Loose<Form> = { [Member in keyof Form]?: unknown };

const states: readonly unknown[] = ['pending', 'delivered', 'parked', 'closed'] satisfies Delivery['state'][];

/** `since` is missing in what older versions wrote. */
type StoredDelivery = Omit<Delivery, 'since'> & Partial<Pick<Delivery, 'since'>>;

function isDelivery(read: Loose<Delivery>): read is StoredDelivery {
	const { state, since, due, attempts, spent, windowStart, claim, recent, proof, reason, remedy, ownCode } = read;
	return (
		states.includes(state) &&
		isTime(since ?? 0) &&
		isTime(due) &&
		Number.isSafeInteger(attempts) &&
		Number.isSafeInteger(spent) &&
		isTime(windowStart ?? 0) &&
		(claim === undefined || isClaim(claim)) &&
		Array.isArray(recent) &&
		recent.every(isAttempt) &&
		(proof === undefined || isProof(proof)) &&
		isText(reason ?? '') &&
		isText(remedy ?? '') &&
		isText(ownCode ?? '')
	);
}

const isText = (value: unknown) => typeof value === 'string';

function isClaim(value: unknown): boolean {
	const { id, at } = (value ?? {}) as Loose<Claim>;
	return isText(id) && isTime(at);
}

function isAttempt(value: unknown): boolean {
	const { number, at, outcome, tookMs, code, reason } = (value ?? {}) as Loose<Attempt>;
	return (
		Number.isSafeInteger(number) &&
		isTime(at) &&
		isText(outcome) &&
		typeof (tookMs ?? 0) === 'number' &&
		isText(code ?? '') &&
		isText(reason ?? '')
	);
}

function isProof(value: unknown): boolean {
	const { id, how } = (value ?? {}) as Loose<Proof>;
	return isText(id) && isText(how);
}
