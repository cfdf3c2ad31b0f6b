import type { Attempt, Claim, Delivery } from '../../delivery/delivery.ts';
import type { Proof } from '../../delivery/outcome.ts';
import { isTime } from './is-time.ts';
import { parseColumn } from './parse-column.ts';

/** A destination's column in a lead's row. */
export const toDeliveryColumn = (delivery: Delivery): string => JSON.stringify(delivery);

/**
 * Reads the column of any version: what is missing has a harmless value, members that we do not know are kept. What has another form is `unreadable`: it
 * may be a newer version's, so that nothing is done with the delivery and its column stays as it is.
 */
export function fromDeliveryColumn(column: unknown, receivedAt: number): Delivery {
	const untried = { attempts: 0, spent: 0, recent: [] };
	const read: Loose<Delivery> = { ...untried, ...(parseColumn(column) as object) };
	return isDelivery(read) ? read : { state: 'unreadable', due: receivedAt, ...untried, reason: 'this version of the app cannot read it' };
}

type Loose<Form> = { [Member in keyof Form]?: unknown };

const states: readonly unknown[] = ['pending', 'delivered', 'parked', 'closed'] satisfies Delivery['state'][];

function isDelivery(read: Loose<Delivery>): read is Delivery {
	const { state, due, attempts, spent, windowStart, claim, recent, proof, reason, remedy, ownCode } = read;
	return (
		states.includes(state) &&
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
