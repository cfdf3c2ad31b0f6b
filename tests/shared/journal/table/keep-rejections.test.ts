import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mostRejectedPerDay } from '../../../../shared/journal/entries.ts';
import { countNotKept, type Journal } from '../../../../shared/journal/journal.ts';
import { createTableJournal } from '../../../../shared/journal/table/table-journal.ts';
import { newLeadId } from '../../../../shared/lead/lead-id.ts';
import { groupCommits } from '../../../../shared/storage/tables/group-commits.ts';
import type { OpenTable } from '../../../../shared/storage/tables/storage-table.ts';
import { type JournalTable, openJournalTable } from '../../../support/journal-table.ts';
import { startTestStorage, type TestStorage } from '../../../support/storage.ts';

// A thousand payloads.
jest.setTimeout(120_000);

const midnight = Date.parse('2026-11-23T00:00:00Z');
const dayMs = 86_400_000;
const signal = () => AbortSignal.timeout(60_000);
const all = { since: 0, until: Number.MAX_SAFE_INTEGER };

let storage: TestStorage;
let opened: JournalTable;
let instance: Journal;

beforeAll(async () => {
	storage = await startTestStorage();
});
afterAll(() => storage.stop());
beforeEach(async () => {
	opened = await openJournalTable(storage.connectionString);
	instance = openInstance(opened.storage);
});

/** The journal as an instance of the app has it: what is written at the same moment goes as one, which makes a thousand rows cheap. */
const openInstance = (table: OpenTable) => createTableJournal({ ...table, commit: groupCommits(table) }, ['email', 'crm']);

const rejected = (at: number, more = {}) => ({
	id: newLeadId(at),
	receivedAt: at,
	payload: Buffer.from('x'),
	status: 400 as const,
	issues: [],
	...more,
});
const keptIds = async () => {
	const ids: string[] = [];
	for (let after: string | undefined; ; ) {
		const page = await instance.ids('rejections', { ...all, ...(after && { after }) }, 1000, signal());
		ids.push(...page.items);
		if (page.next === undefined) return ids;
		after = page.next;
	}
};
const notKept = (since: number, until = since) => countNotKept(instance, { since, until }, signal());

/** So many at once that instances meet, and so few that the emulator keeps up with the connections. */
const atOnce = 25;

/** Fills a day. */
async function fill(number: number, at: number, journal = instance) {
	const answers: string[] = [];
	for (let done = 0; done < number; done += atOnce)
		answers.push(
			...(await Promise.all(
				Array.from({ length: Math.min(atOnce, number - done) }, (_, index) => journal.reject(rejected(at + done + index), signal())),
			)),
		);
	return { kept: answers.filter((answer) => answer === 'kept').length, counted: answers.filter((answer) => answer === 'counted').length };
}

describe('rejected payloads of a day', () => {
	it('are kept up to a cap, the first ones; those behind it are counted; the next day begins anew', async () => {
		expect(await fill(mostRejectedPerDay + 250, midnight)).toEqual({ kept: mostRejectedPerDay, counted: 250 });
		expect(await keptIds()).toHaveLength(mostRejectedPerDay);
		expect(await notKept(midnight)).toBe(250);
		expect(await instance.reject(rejected(midnight + dayMs), signal())).toBe('kept');
		expect(await notKept(midnight + dayMs)).toBe(0);
		expect(await instance.counts({ first: '2026-11-23', last: '2026-11-24' }, signal())).toMatchObject([
			{ day: '2026-11-23', counts: { rejected: 0, rejectedNotKept: 250 } },
		]);
	});

	it('are counted by every instance, which keep little more than the cap together', async () => {
		const others = Array.from({ length: 4 }, () => openInstance(opened.storage));
		const answers = await Promise.all(others.map((journal, index) => fill(400, midnight + index, journal)));
		const kept = answers.reduce((sum, answer) => sum + answer.kept, 0);
		expect(kept).toBeGreaterThanOrEqual(mostRejectedPerDay);
		expect(kept).toBeLessThanOrEqual(mostRejectedPerDay + 4 * 50);
		expect(await keptIds()).toHaveLength(kept);
		expect(await notKept(midnight)).toBe(1600 - kept);
	});

	it('cost one operation each, and seldom a look at the keys; a full day one', async () => {
		// The table is made by the first.
		await instance.reject(rejected(midnight - dayMs), signal());
		let reads = 0;
		let writes = 0;
		const counted = new Proxy(opened.storage, {
			get(table, name) {
				const member = Reflect.get(table, name);
				if (typeof member !== 'function') return member;
				return (...args: unknown[]) => {
					if (name === 'readRange' || name === 'read') reads++;
					if (name === 'commit') writes++;
					return Reflect.apply(member, table, args);
				};
			},
		});
		const journal = createTableJournal(counted, ['email', 'crm']);
		await fill(mostRejectedPerDay, midnight, journal);
		expect([reads, writes]).toEqual([mostRejectedPerDay / 50, mostRejectedPerDay]);
		[reads, writes] = [0, 0];
		await fill(500, midnight + 2000, journal);
		expect(reads).toBe(1);
		expect(writes).toBeLessThanOrEqual(500);
	});

	it('find room again after somebody has erased, within a minute', async () => {
		await fill(mostRejectedPerDay + 1, midnight);
		const { items } = await instance.rejections(all, { most: 10 }, signal());
		await instance.eraseRejections(items, signal);
		expect(await instance.reject(rejected(midnight + 30_000), signal())).toBe('counted');
		expect(await instance.reject(rejected(midnight + 90_000), signal())).toBe('kept');
	});

	it('are kept beyond the cap when the sender may have been answered 2xx', async () => {
		await fill(mostRejectedPerDay, midnight);
		expect(await instance.reject(rejected(midnight + 5000, { mustKeep: true }), signal())).toBe('kept');
		expect(await keptIds()).toHaveLength(mostRejectedPerDay + 1);
	});

	it('are refused all the same when they cannot be counted', async () => {
		await fill(mostRejectedPerDay, midnight);
		await instance.reject(rejected(midnight + 4999), signal());
		await expect(instance.reject(rejected(midnight + 5000), AbortSignal.abort())).resolves.toBe('counted');
		await instance.reject(rejected(midnight + 5001), signal());
		expect(await notKept(midnight)).toBe(3);
	});
});
