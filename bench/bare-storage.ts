import { journalReceipt } from '../shared/accept/journal-receipt.ts';
import { readReceipt } from '../shared/accept/read-receipt.ts';
import { acceptLead } from '../shared/journal/table/accept-lead.ts';
import { journalTable } from '../shared/journal/table/table-journal.ts';
import { newLeadId } from '../shared/lead/lead-id.ts';
import { bellQueue, toBell } from '../shared/queues/bell.ts';
import { readSettings } from '../shared/settings/read-settings.ts';
import { sendMessage } from '../shared/storage/messages.ts';
import { openQueue, openTable } from '../shared/storage/open-storage.ts';
import type { Action } from '../shared/storage/tables/row.ts';
import type { StorageTable } from '../shared/storage/tables/storage-table.ts';
import { percentile } from './figure.ts';
import { leadPayload } from './lead-payload.ts';
import type { Load } from './post-leads.ts';

/** What acceptance sends to the table, written down instead of sent. */
async function transactionOf(number: number): Promise<{ leadId: string; actions: Action[] }> {
	let actions: Action[] = [];
	const commit = async (sent: Action[]) => {
		actions = sent;
	};
	const table = { commit } as unknown as StorageTable;
	const now = Date.now();
	const receipt = { leadId: newLeadId(now), receivedAt: now, payload: Buffer.from(leadPayload(number)), contentType: 'application/json' };
	const journal = {
		accept: (lead: Parameters<typeof acceptLead>[1], signal: AbortSignal) =>
			acceptLead({ table, countReceipt: () => undefined }, lead, signal),
	};
	const settings = readSettings({ LEAD_DESTINATIONS: 'email;crm' });
	await journalReceipt(
		receipt,
		readReceipt(receipt),
		{ journal: { ...journal, reject: async () => 'kept' as const }, settings },
		AbortSignal.timeout(60_000),
	);
	return { leadId: receipt.leadId, actions };
}

/** The same rows in one transaction and the same bell as an accepted lead's, by our client alone, one after the other on each connection: what storage itself allows. */
export async function bareStorage({
	connectionString,
	connections,
	leads,
	first,
}: {
	connectionString: string;
	connections: number;
	leads: number;
	/** Number of the first lead. */
	first: number;
}): Promise<Load> {
	const table = await openTable({ connectionString }, journalTable);
	const queue = await openQueue({ connectionString }, bellQueue);
	await Promise.all([table.make(AbortSignal.timeout(30_000)), queue.make(AbortSignal.timeout(30_000))]);
	const work: Awaited<ReturnType<typeof transactionOf>>[] = [];
	for (let index = 0; index < leads; index++) work.push(await transactionOf(first + index));
	const latencies: number[] = [];
	const next = async () => {
		for (let one = work.pop(); one; one = work.pop()) {
			const begun = performance.now();
			await table.commit(one.actions, AbortSignal.timeout(30_000));
			await sendMessage(queue, toBell([one.leadId]), { signal: AbortSignal.timeout(30_000) });
			latencies.push(performance.now() - begun);
		}
	};
	const begun = performance.now();
	await Promise.all(Array.from({ length: connections }, next));
	const perSecond = (leads / (performance.now() - begun)) * 1000;
	return { leads, perSecond, p50Ms: percentile(latencies, 0.5), p99Ms: percentile(latencies, 0.99) };
}
