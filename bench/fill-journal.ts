import { type Delivery, enter } from '../shared/delivery/delivery.ts';
import { toLeadRow } from '../shared/journal/table/lead-row.ts';
import { contentKey, leadKey, partition, personKey } from '../shared/journal/table/row-keys.ts';
import { journalTable } from '../shared/journal/table/table-journal.ts';
import { newLeadId, personHash } from '../shared/lead/lead-id.ts';
import { openTable } from '../shared/storage/open-storage.ts';
import type { Action } from '../shared/storage/tables/row.ts';
import { leadPayload } from './lead-payload.ts';

const dayMs = 86_400_000;
const leadsATransaction = 30;

/** One lead in a thousand has it. */
export const rareOffer = 'Contoso Rarity';

/** Fills a journal with leads that were delivered to both destinations, spread over 29 days up to the youngest. */
export async function fillJournal(
	connectionString: string,
	{ from, to, youngestMs = dayMs }: { from: number; to: number; youngestMs?: number },
): Promise<void> {
	const table = await openTable({ connectionString }, journalTable);
	const youngest = Date.now() - youngestMs;
	let next = from;
	const write = async () => {
		while (next < to) {
			const first = next;
			next = Math.min(to, first + leadsATransaction);
			const actions = Array.from({ length: next - first }, (_, index) => rowsOf(first + index, youngest)).flat();
			await table.commit(actions, AbortSignal.timeout(60_000));
		}
	};
	await table.make(AbortSignal.timeout(60_000));
	await Promise.all(Array.from({ length: 4 }, write));
}

function rowsOf(number: number, youngest: number): Action[] {
	const receivedAt = youngest - Math.floor(Math.random() * 29 * dayMs);
	const leadId = newLeadId(receivedAt);
	const person = personHash(`stored${number}@contoso.example`);
	const contentId = personHash(`content ${number}`);
	const delivered: Delivery = {
		...enter('delivered', receivedAt),
		attempts: 1,
		spent: 1,
		windowStart: receivedAt,
		recent: [{ number: 1, at: receivedAt, outcome: 'delivered', tookMs: 120, code: '204' }],
		proof: { id: leadId, how: 'created' },
	};
	const row = (rowKey: string) => ({ partitionKey: partition, rowKey });
	const lead = toLeadRow({
		leadId,
		receivedAt,
		contentId,
		dedupeWindowMs: dayMs,
		payload: Buffer.from(leadPayload(number)),
		summary: {
			name: `One ${number}`,
			company: 'Contoso',
			email: `stored${number}@contoso.example`,
			offer: number % 1000 === 7 ? rareOffer : 'Contoso CRM',
			action: 'INS',
			country: 'USA',
			source: 'SPZA',
			phone: '16175555555',
			campaign: 'mktcmpid=spring\npage=https://azuremarketplace.microsoft.com/marketplace/apps/contoso.crm',
			isWhole: true,
		},
		person,
		deliveries: { email: delivered, crm: delivered },
		undecided: false,
	});
	return [
		['create', { ...row(contentKey(contentId)), v: 1, leadId, receivedAt, receipts: 1 }],
		['create', { ...row(leadKey(leadId)), ...lead }],
		['create', row(personKey(person, leadId))],
	];
}
