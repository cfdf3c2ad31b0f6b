import { describe, expect, it } from '@jest/globals';
import { createTableJournal } from '../../../../shared/journal/table/table-journal.ts';
import type { StorageTable } from '../../../../shared/storage/tables/storage-table.ts';
import { eventually } from '../../../support/eventually.ts';
import { newLead } from '../../../support/journal-table.ts';
import { createTableInMemory } from '../../../support/simulation/table-in-memory.ts';

const now = 1_790_000_000_000;
const signal = () => AbortSignal.timeout(20_000);
const contentId = 'a'.repeat(64);
const turn = () => new Promise(setImmediate);

/** A table whose operations are counted and take a moment, so that they meet; `hold` says which never end. */
function openCountedTable(hold: (operation: string, rows: number) => boolean = () => false) {
	const counted = { operations: 0 };
	const inMemory = createTableInMemory() as unknown as Record<string, (...parameters: unknown[]) => unknown>;
	const count =
		(name: string) =>
		async (...parameters: unknown[]) => {
			counted.operations++;
			await turn();
			if (hold(name, (parameters[0] as unknown[]).length)) return new Promise(() => undefined);
			const result = await inMemory[name]?.(...parameters);
			await turn();
			return result;
		};
	const table = { commit: count('commit'), read: count('read') } as unknown as StorageTable;
	return { table, counted };
}

const send = (journal: ReturnType<typeof createTableJournal>) => journal.accept(newLead({ at: now, contentId }), signal());

describe('duplicates at once', () => {
	it.each([1, 2])('take few operations and are all counted, by %i workers', async (workers) => {
		const { table, counted } = openCountedTable();
		const journals = Array.from({ length: workers }, () => createTableJournal(table, ['email', 'crm']));
		const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => send(journals[index % workers] as (typeof journals)[0])));
		expect(answers.filter(({ status }) => status === 'duplicate')).toHaveLength(29);
		const { leadId } = answers[0] as (typeof answers)[0];
		// Each asks twice: for its transaction, and whose the content is.
		expect(counted.operations).toBeLessThanOrEqual(60 + 10 * workers);
		await eventually(async () => {
			const { operations } = counted;
			const lead = await journals[0]?.find(leadId, signal());
			counted.operations = operations;
			return lead?.receipts === 30;
		});
		expect(counted.operations).toBeLessThanOrEqual(60 + 15 * workers);
	});

	it('are answered before they are counted', async () => {
		// A count has two rows, an acceptance more.
		const { table } = openCountedTable((operation, rows) => operation === 'commit' && rows === 2);
		const journal = createTableJournal(table, ['email', 'crm']);
		const { leadId } = await send(journal);
		expect(await Promise.all([send(journal), send(journal)])).toEqual(Array(2).fill({ status: 'duplicate', leadId, receivedAt: now }));
	});

	it('are answered when they cannot be counted', async () => {
		let refusing = false;
		const { table } = openCountedTable((_, rows) => {
			if (refusing && rows === 2) throw new Error('no storage');
			return false;
		});
		const journal = createTableJournal(table, ['email', 'crm']);
		const { leadId } = await send(journal);
		refusing = true;
		expect(await send(journal)).toMatchObject({ status: 'duplicate', leadId });
		await turn();
		refusing = false;
		expect(await send(journal)).toMatchObject({ status: 'duplicate', leadId });
		await eventually(async () => (await journal.find(leadId, signal()))?.receipts === 2);
	});
});
