import { setTimeout } from 'node:timers/promises';
import type { Action } from '../../storage/tables/row.ts';
import type { StorageTable } from '../../storage/tables/storage-table.ts';
import { leadKey, partition } from './row-keys.ts';
import { type RowIdentity, readRow, submit } from './rows.ts';

/** Which lead has a content, since when, and how many receipts it has had. No personal data: it outlives erasure. */
export interface ContentRow {
	leadId: string;
	receivedAt: number;
	receipts: number;
}

/** One more receipt of a content that the journal has already, when it was read and when the receipt came. */
export type CountReceipt = (content: ContentRow & RowIdentity, receivedAt: number, signal: AbortSignal) => void;

/** Receipts of one content that are still to be counted. */
interface Uncounted {
	receipts: number;
	latestReceiptAt: number;
	signal: AbortSignal;
}

/** Rounds in a row that may be lost to another worker. */
const mostRounds = 3;
const longestPauseMs = 50;

/**
 * Counts duplicates on the content and on the lead, behind the answer: the lead itself is safe, and no one waits for a count. Those that come while one is
 * being written are counted together by the next write: thirty at once would otherwise lose hundreds of rounds to each other. A count that cannot be
 * written is dropped.
 */
export function createReceiptCounter(table: StorageTable): CountReceipt {
	const counting = new Map<string, Uncounted>();
	return (content, receivedAt, signal) => {
		const known = counting.get(content.rowKey);
		if (known) {
			known.receipts++;
			known.latestReceiptAt = Math.max(known.latestReceiptAt, receivedAt);
			known.signal = signal;
			return;
		}
		const uncounted: Uncounted = { receipts: 1, latestReceiptAt: receivedAt, signal };
		counting.set(content.rowKey, uncounted);
		void write(table, content, uncounted)
			.catch(() => undefined) // The answer "duplicate" is true without it.
			.finally(() => counting.delete(content.rowKey));
	};
}

async function write(table: StorageTable, first: ContentRow & RowIdentity, uncounted: Uncounted): Promise<void> {
	let content: typeof first | undefined = first;
	for (let lost = 0; lost < mostRounds && content?.leadId === first.leadId; ) {
		const { receipts, latestReceiptAt, signal } = uncounted;
		if (await add(table, content, { receipts: content.receipts + receipts, latestReceiptAt }, signal)) {
			uncounted.receipts -= receipts;
			if (uncounted.receipts === 0) return;
			lost = 0;
		} else if (++lost < mostRounds) await setTimeout(Math.random() * longestPauseMs);
		content = await readRow<ContentRow>(table, first.rowKey, uncounted.signal);
	}
}

/** One round; false when another worker was counted first. */
async function add(
	table: StorageTable,
	{ rowKey, leadId, etag }: ContentRow & RowIdentity,
	counts: Pick<Uncounted, 'receipts' | 'latestReceiptAt'>,
	signal: AbortSignal,
): Promise<boolean> {
	const row = (rowKey: string) => ({ partitionKey: partition, rowKey });
	const onContent: Action = ['update', { ...row(rowKey), ...counts }, 'Merge', { etag }];
	const refusal = await submit(table, [onContent, ['update', { ...row(leadKey(leadId)), ...counts }, 'Merge']], signal);
	if (!refusal) return true;
	// The lead was erased within its window: the content alone remembers.
	return refusal.row === 1 && !(await submit(table, [onContent], signal));
}
