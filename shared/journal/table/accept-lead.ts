import { lost, whileLost } from '../../basics/while-lost.ts';
import type { Action } from '../../storage/tables/row.ts';
import type { StorageTable } from '../../storage/tables/storage-table.ts';
import type { Acceptance, NewLead } from '../entries.ts';
import type { ContentRow, CountReceipt } from './count-receipts.ts';
import type { KeepNames } from './destination-columns.ts';
import { toLeadRow } from './lead-row.ts';
import { contentKey, leadKey, partition, personKey, ticketKey, ticketOf } from './row-keys.ts';
import { type Refusal, readRow, submit } from './rows.ts';

/** That two leads of one content may take to agree who is first. */
const mostAttempts = 10;

/**
 * Accepts in one transaction: the content, the lead, a ticket per delivery, the person index. What is there already decides what we are: the first (our
 * own row, written by a try whose answer was lost), a duplicate (counted behind the answer), or news after the window. A lead that waited in the spill may
 * be older than what is there: then the window counts backwards, and what is there stays.
 */
export async function acceptLead(
	{ table, countReceipt, names }: { table: StorageTable; countReceipt: CountReceipt; names: KeepNames },
	lead: NewLead,
	signal: AbortSignal,
): Promise<Acceptance> {
	const accepted: Acceptance = { status: 'accepted', leadId: lead.leadId, receivedAt: lead.receivedAt };
	let known: KnownContent | undefined;
	let failures = 0;
	const destinations = Object.keys(lead.deliveries);
	return whileLost(`the content row of lead ${lead.leadId}`, mostAttempts, async () => {
		let refusal: Refusal | undefined;
		try {
			refusal = await submit(table, [...acceptance(lead, known), ...names.actions(destinations)], signal);
		} catch (error) {
			// Nothing is known: perhaps committed. Asked once more, the rows tell.
			if (signal.aborted || ++failures > 2) throw error;
			return lost;
		}
		if (!refusal) {
			names.kept(destinations);
			return accepted;
		}
		// Any row but the content's carries our id: it can only be ours.
		if (refusal.row > 0 && refusal.why === 'exists') return accepted;
		const content = await readRow<ContentRow>(table, contentKey(lead.contentId), signal);
		known = undefined;
		if (!content) return lost;
		if (content.leadId === lead.leadId) return accepted;
		if (Math.abs(lead.receivedAt - content.receivedAt) < lead.dedupeWindowMs) {
			countReceipt(content, lead.receivedAt, signal);
			return { status: 'duplicate' as const, leadId: content.leadId, receivedAt: content.receivedAt };
		}
		known = { etag: content.etag, isNewer: content.receivedAt > lead.receivedAt };
		return lost;
	});
}

/** The content belongs to another lead, outside the window. */
interface KnownContent {
	etag: string;
	isNewer: boolean;
}

function acceptance(lead: NewLead, known: KnownContent | undefined): Action[] {
	const row = (rowKey: string) => ({ partitionKey: partition, rowKey });
	const content = { ...row(contentKey(lead.contentId)), v: 1, leadId: lead.leadId, receivedAt: lead.receivedAt, receipts: 1 };
	const tickets = Object.entries(lead.deliveries).map(([destination, delivery]) => ticketOf(lead.leadId, destination, delivery));
	if (lead.undecided) tickets.push(ticketKey('undecided', lead.receivedAt, lead.leadId));
	const take = (): Action => (known ? ['update', content, 'Replace', { etag: known.etag }] : ['create', content]);
	return [
		known?.isNewer ? ['update', row(content.rowKey), 'Merge', { etag: known.etag }] : take(),
		['create', { ...row(leadKey(lead.leadId)), ...toLeadRow(lead) }],
		...tickets.flatMap((key): Action[] => (key ? [['create', row(key)]] : [])),
		...(lead.person ? [['create', row(personKey(lead.person, lead.leadId))] satisfies Action] : []),
	];
}
