import { RestError, type TableClient, type TransactionAction } from '@azure/data-tables';
import { UnprovenAnswer } from '../../basics/unproven-answer.ts';
import { storageCode } from '../../storage/storage-code.ts';

/** Why a transaction was refused as a whole: the row (its place in the list of actions) exists, is gone, or has changed. */
export interface Refusal {
	row: number;
	why: 'exists' | 'gone' | 'changed';
}

const reasons: Record<number, Refusal['why']> = { 404: 'gone', 409: 'exists', 412: 'changed' };

/**
 * One transaction: all or nothing. `undefined` when it was committed: each action has a part of the answer that says 2xx, and there are no other parts.
 * Throws when nothing is known of it (it may have been committed). A missing table is made first. Which row was refused is only told by the number at the
 * start of the message.
 *
 * @throws {UnprovenAnswer} when the answer has the status of a success, but not its parts
 */
export async function submit(table: TableClient, actions: TransactionAction[], signal: AbortSignal): Promise<Refusal | undefined> {
	try {
		return await commit(table, actions, signal);
	} catch (error) {
		if (!isTableMissing(error)) throw error;
		await table.createTable({ abortSignal: signal });
		return commit(table, actions, signal);
	}
}

async function commit(table: TableClient, actions: TransactionAction[], signal: AbortSignal): Promise<Refusal | undefined> {
	try {
		const { subResponses } = await table.submitTransaction(actions, { abortSignal: signal });
		// The SDK resolves for any 2xx, be it a page, and for parts that have failed without telling why in JSON.
		if (subResponses.length === actions.length && subResponses.every(({ status }) => status >= 200 && status < 300)) return undefined;
	} catch (error) {
		const why = error instanceof RestError && error.statusCode !== undefined && reasons[error.statusCode];
		const [, ...found] = /"value":\s*"(\d+):|^(\d+):/.exec((error as Error).message) ?? [];
		const row = Number(found.find((digits) => digits !== undefined) ?? Number.NaN);
		if (!why || isTableMissing(error) || !(row < actions.length)) throw error;
		return { why, row };
	}
	throw new UnprovenAnswer('storage', 'one success for each part of the transaction');
}

/** Storage itself says that there is no table. */
export const isTableMissing = (error: unknown): boolean => storageCode(error) === 'TableNotFound';
