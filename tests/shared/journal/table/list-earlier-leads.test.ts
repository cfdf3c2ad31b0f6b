import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newDelivery } from '../../../../shared/delivery/delivery.ts';
import type { Deliveries } from '../../../../shared/journal/entries.ts';
import { listEarlierLeads } from '../../../../shared/journal/table/list-leads.ts';
import { createTableJournal } from '../../../../shared/journal/table/table-journal.ts';
import { newLeadId } from '../../../../shared/lead/lead-id.ts';
import { openTable } from '../../../../shared/storage/open-storage.ts';
import type { StorageTable } from '../../../../shared/storage/tables/storage-table.ts';
import { startTestStorage, type TestStorage } from '../../../support/storage.ts';

const now = 1_790_000_000_000;
const day = 86_400_000;
const person = 'b'.repeat(64);
const signal = () => AbortSignal.timeout(20_000);

let storage: TestStorage;
let table: StorageTable;
let tables = 0;

beforeAll(async () => {
	storage = await startTestStorage(['table']);
});
afterAll(() => storage.stop());
beforeEach(async () => {
	table = await openTable({ connectionString: storage.connectionString }, `journal${Date.now()}x${++tables}`);
});

/** Accepts a lead of the person so many days ago; its id. */
async function accept(daysAgo: number, change: { person?: string; offer?: string; deliveries?: Deliveries } = {}): Promise<string> {
	const receivedAt = now - daysAgo * day;
	const leadId = newLeadId(receivedAt);
	await createTableJournal(table, ['email', 'crm']).accept(
		{
			leadId,
			receivedAt,
			contentId: leadId.replaceAll('-', '').padEnd(64, '0'),
			dedupeWindowMs: day,
			payload: Buffer.from('{}'),
			summary: { name: 'Some One', offer: change.offer ?? 'CRM', action: 'INS' },
			person: change.person ?? person,
			deliveries: change.deliveries ?? {},
			undecided: false,
		},
		signal(),
	);
	return leadId;
}

const list = async (before = { leadId: newLeadId(now), receivedAt: now }) =>
	listEarlierLeads(table, person, { ...before, destinations: ['email', 'crm'] }, signal());

describe('the earlier leads of a person', () => {
	it('are those of the 30 days before, newest first, with what is needed to compare them', async () => {
		await accept(31);
		const first = await accept(29, { offer: 'ERP' });
		const second = await accept(2);
		await accept(1, { person: 'c'.repeat(64) });
		await accept(-1);
		expect(await list()).toEqual([
			{ leadId: second, receivedAt: now - 2 * day, offer: 'CRM', action: 'INS', delivered: [] },
			{ leadId: first, receivedAt: now - 29 * day, offer: 'ERP', action: 'INS', delivered: [] },
		]);
	});

	it('tell which destinations have them', async () => {
		const crm = newDelivery(now);
		await accept(4, { deliveries: { crm: { ...crm, state: 'delivered' } } });
		await accept(3, { deliveries: { crm: { ...crm, state: 'parked' } } });
		await accept(2, { deliveries: { crm } });
		await accept(1, { deliveries: { email: { ...crm, state: 'delivered' } } });
		expect((await list()).map(({ delivered }) => delivered)).toEqual([['email'], [], [], ['crm']]);
	});

	it('are the latest ten of somebody who sends many, and not the lead itself', async () => {
		const ids: string[] = [];
		for (let days = 12; days > 0; days--) ids.push(await accept(days));
		const itself = ids.at(-1) ?? '';
		const found = await list({ leadId: itself, receivedAt: now - day });
		expect(found.map(({ leadId }) => leadId)).toEqual(ids.slice(1, -1).reverse());
	});

	it('are none of erased leads, and none before the journal exists', async () => {
		expect(await list()).toEqual([]);
		const journal = createTableJournal(table, ['email', 'crm']);
		const lead = await journal.find(await accept(3), signal());
		if (!lead) throw new Error('not found');
		await journal.erase(lead, now, signal());
		expect(await list()).toEqual([]);
	});
});
