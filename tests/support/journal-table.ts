import { newDelivery } from '../../shared/delivery/delivery.ts';
import type { NewLead } from '../../shared/journal/entries.ts';
import { createTableJournal } from '../../shared/journal/table/table-journal.ts';
import { newLeadId } from '../../shared/lead/lead-id.ts';
import { openTable } from '../../shared/storage/open-storage.ts';
import { lookIntoTable } from './look-into-table.ts';

let tables = 0;

/** A journal on a table of its own, whose rows can be looked at. */
export async function openJournalTable(connectionString: string) {
	const name = `journal${process.pid}x${Date.now()}x${++tables}`;
	const lean = await openTable({ connectionString }, name);
	const table = lookIntoTable(connectionString, name);
	const rows = async () => {
		const found: Record<string, unknown>[] = [];
		for await (const row of table.listEntities()) found.push(row);
		return found;
	};
	return {
		/** By Azure's own client. */
		table,
		/** As the journal has it. */
		storage: lean,
		journal: createTableJournal(lean, ['email', 'crm']),
		/** Every row's key but the lead ids in it, in order: `c|…`, `l|…`. */
		keys: async () => (await rows()).map(({ rowKey }) => String(rowKey)),
		/** Everything that the table holds, as one text. */
		text: async () =>
			JSON.stringify(await rows(), (_, value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value)),
	};
}

export type JournalTable = Awaited<ReturnType<typeof openJournalTable>>;

/** A lead that is accepted, full of marked personal data; each test changes one thing. */
export function newLead(more: Partial<NewLead> & { at: number }): NewLead {
	const { at, ...rest } = more;
	const leadId = newLeadId(at);
	return {
		leadId,
		receivedAt: at,
		contentId: leadId.replaceAll('-', '').repeat(2),
		dedupeWindowMs: 3_600_000,
		payload: Buffer.from('{"UserDetails":{"FirstName":"marked","Email":"marked@example.com"}}'),
		contentType: 'application/json',
		summary: { name: 'marked', email: 'marked@example.com' },
		person: 'b'.repeat(64),
		deliveries: { email: newDelivery(at), crm: newDelivery(at) },
		undecided: false,
		...rest,
	};
}
