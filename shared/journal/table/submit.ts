import { RestError, type TableClient, type TransactionAction } from '@azure/data-tables';

/** Why a transaction was refused as a whole: the row (its place in the list of actions) exists, is gone, or has changed. */
export interface Refusal {
	row: number;
	why: 'exists' | 'gone' | 'changed';
}

const reasons: Record<number, Refusal['why']> = { 404: 'gone', 409: 'exists', 412: 'changed' };

/**
 * One transaction: all or nothing. `undefined` when it was committed. Throws when nothing is known of it (it may have been committed).
 * A missing table is made first. Which row was refused is only told by the number at the start of the message.
 */
export async function submit(table: TableClient, actions: TransactionAction[], signal: AbortSignal): Promise<Refusal | undefined> {
	try {
		await table.submitTransaction(actions, { abortSignal: signal });
		return undefined;
	} catch (error) {
		if (!(error instanceof RestError) || error.statusCode === undefined) throw error;
		if (isTableMissing(error)) {
			await table.createTable({ abortSignal: signal });
			return submit(table, actions, signal);
		}
		const why = reasons[error.statusCode];
		const row = /"value":\s*"(\d+):|^(\d+):/.exec(error.message);
		if (!why || !row) throw error;
		return { why, row: Number(row[1] ?? row[2]) };
	}
}

/** `TableNotFound` in whichever place the SDK left it. */
export function isTableMissing(error: unknown): boolean {
	const { code, details, message } = error as { code?: string; details?: { odataError?: { code?: string } }; message?: string };
	return [code, details?.odataError?.code, message].some((text) => text?.includes('TableNotFound'));
}
