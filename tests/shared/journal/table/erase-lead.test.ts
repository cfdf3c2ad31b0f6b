import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Delivery } from '../../../../shared/delivery/delivery.ts';
import { newDelivery } from '../../../../shared/delivery/delivery.ts';
import type { NewLead } from '../../../../shared/journal/entries.ts';
import { eventually } from '../../../support/eventually.ts';
import { type JournalTable, newLead, openJournalTable } from '../../../support/journal-table.ts';
import { startTestStorage, type TestStorage } from '../../../support/storage.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const hour = 3_600_000;
const signal = () => AbortSignal.timeout(20_000);
const day = '2026-11-23';

let storage: TestStorage;
let opened: JournalTable;

beforeAll(async () => {
	storage = await startTestStorage();
}, 30_000);
afterAll(() => storage.stop());
beforeEach(async () => {
	opened = await openJournalTable(storage.connectionString);
});

const ended = (state: 'delivered' | 'closed'): Delivery => ({ ...newDelivery(now), state, attempts: 1 });
const accept = async (more: Partial<NewLead> = {}) => {
	const lead = newLead({ at: now, ...more });
	await opened.journal.accept(lead, signal());
	return lead;
};
const listed = async (leadId: string) => {
	const lead = await opened.journal.find(leadId, signal());
	if (!lead) throw new Error('not found');
	return lead;
};
const counts = async () => (await opened.journal.counts({ first: day, last: day }, signal()))[0]?.counts;
const forget = (receivedUntil: number) => opened.journal.forget({ receivedUntil, most: 500 }, signal);

describe('an erased lead', () => {
	it.each([
		['delivered', { deliveries: { email: ended('delivered'), crm: ended('closed') } }],
		['pending at both', {}],
		['undecided', { deliveries: {}, undecided: true }],
		['for the journal only', { deliveries: {}, journalOnly: 'test', summary: { name: 'marked', isTest: true } }],
	])('leaves nothing personal, no ticket, and one count: %s', async (_, more: Partial<NewLead>) => {
		const lead = await accept(more);
		expect(await opened.text()).toContain('marked');
		expect(await opened.journal.erase(await listed(lead.leadId), now, signal())).toBe('erased');
		expect(await opened.journal.find(lead.leadId, signal())).toBeUndefined();
		expect(await opened.text()).not.toContain('marked');
		expect((await opened.keys()).map((key) => key.split('|').slice(0, 2).join('|').slice(0, 8))).toEqual([
			expect.stringMatching(/^c\|/),
			expect.stringMatching(/^l\|/),
			'n|2026-1',
			'q|erased',
		]);
		expect(await counts()).toMatchObject({ received: 1 });
	});

	it('is erased although its entry in the person index is missing', async () => {
		const lead = await accept();
		const entry = (await opened.keys()).find((key) => key.startsWith('e|')) ?? '';
		await opened.table.deleteEntity('journal', entry);
		expect(await opened.journal.erase(await listed(lead.leadId), now, signal())).toBe('erased');
		expect(await opened.text()).not.toContain('marked');
	});

	it('is still known by its content until its window has ended, then not at all', async () => {
		const lead = await accept();
		await opened.journal.erase(await listed(lead.leadId), now, signal());
		expect(await opened.journal.accept(newLead({ at: now + 1, contentId: lead.contentId }), signal())).toMatchObject({
			status: 'duplicate',
			leadId: lead.leadId,
		});
		expect(await forget(now - 1)).toBe(0);
		expect(await forget(now)).toBe(1);
		expect(await opened.keys()).toEqual([`n|${day}`]);
		expect(await opened.journal.accept(newLead({ at: now + 2, contentId: lead.contentId }), signal())).toMatchObject({
			status: 'accepted',
		});
	});

	it('does not take the content row along when a newer lead has it', async () => {
		const lead = await accept();
		const newer = newLead({ at: now + 2 * hour, contentId: lead.contentId });
		await opened.journal.accept(newer, signal());
		await opened.journal.erase(await listed(lead.leadId), now, signal());
		expect(await forget(now)).toBe(1);
		expect(await opened.journal.accept(newLead({ at: now + 2 * hour + 1, contentId: lead.contentId }), signal())).toMatchObject({
			status: 'duplicate',
			leadId: newer.leadId,
		});
	});

	it('is forgotten in the next run when one breaks off half-way', async () => {
		const lead = await accept();
		await opened.journal.erase(await listed(lead.leadId), now, signal());
		let calls = 0;
		const breaksOff = () => (++calls > 3 ? AbortSignal.abort(new Error('killed')) : signal());
		await expect(opened.journal.forget({ receivedUntil: now, most: 500 }, breaksOff)).resolves.toBe(1);
		calls = 1;
		const other = await accept();
		await opened.journal.erase(await listed(other.leadId), now, signal());
		await expect(opened.journal.forget({ receivedUntil: now, most: 500 }, breaksOff)).rejects.toThrow();
		expect(await opened.keys()).toEqual([expect.stringMatching(/^l/), `n|${day}`, expect.stringMatching(/^q/)]);
		expect(await forget(now)).toBe(1);
		expect(await opened.keys()).toEqual([`n|${day}`]);
	});

	it('is not erased when it has changed since it was read: no replay is lost', async () => {
		const lead = await accept({ deliveries: { crm: ended('delivered') } });
		const read = await listed(lead.leadId);
		const from = read.deliveries.crm as Delivery;
		await opened.journal.move(read, [{ destination: 'crm', from, to: { ...from, state: 'pending' } }], signal());
		expect(await opened.journal.erase(read, now, signal())).toBe('lost');
		expect(await listed(lead.leadId)).toMatchObject({ deliveries: { crm: { state: 'pending' } } });
	});

	it('is not brought back by the outcome of an attempt that was under way, nor by a replay', async () => {
		const lead = await accept({ deliveries: { crm: newDelivery(now) } });
		const read = await listed(lead.leadId);
		const from = read.deliveries.crm as Delivery;
		await opened.journal.erase(read, now, signal());
		const ticketless = { ...from, state: 'closed' as const };
		expect([
			await opened.journal.move(read, [{ destination: 'crm', from, to: { ...from, state: 'delivered' } }], signal()),
			await opened.journal.move(read, [{ destination: 'crm', from: ticketless, to: from }], signal()),
		]).toEqual(['lost', 'lost']);
		expect(await opened.journal.find(lead.leadId, signal())).toBeUndefined();
		expect(await opened.journal.tickets('crm', { until: now * 2, most: 10 }, signal())).toEqual([]);
	});

	it('lives on in the counts of its day, also when ten are erased at once', async () => {
		const leads = await Promise.all([
			...Array.from({ length: 8 }, () => accept({ deliveries: { email: ended('delivered'), crm: ended('closed') } })),
			accept({ summary: { isTest: true }, deliveries: { crm: ended('delivered') } }),
			accept(),
		]);
		const twice = leads[0]?.contentId ?? '';
		await opened.journal.accept(newLead({ at: now + 1, contentId: twice }), signal());
		await eventually(async () => (await listed(leads[0]?.leadId ?? '')).receipts === 2);
		const read = await Promise.all(leads.map(({ leadId }) => listed(leadId)));
		for (const half of [read.slice(0, 5), read.slice(5)]) await Promise.all(half.map((lead) => opened.journal.erase(lead, now, signal())));
		expect(await counts()).toEqual({ received: 10, duplicates: 1, tests: 1, rejected: 0, rejectedNotKept: 0, email: 8, crm: 1 });
	});
});

describe('the lists of the journal', () => {
	it('give leads newest first, page by page, without payloads and without erased ones', async () => {
		const leads = [];
		for (let index = 0; index < 7; index++)
			leads.push(await accept({ leadId: newLead({ at: now + index }).leadId, receivedAt: now + index }));
		await opened.journal.erase(await listed(leads[3]?.leadId ?? ''), now, signal());
		const seen: number[] = [];
		for (let after: string | undefined, pages = 0; pages < 10; pages++) {
			const span = { since: now + 1, until: now + 5, ...(after && { after }) };
			const { items, next } = await opened.journal.leads(span, { most: 2 }, signal());
			seen.push(...items.map(({ receivedAt }) => receivedAt - now));
			expect(items.every((lead) => !('payload' in lead))).toBe(true);
			after = next;
			if (!after) break;
		}
		expect(seen).toEqual([5, 4, 2, 1]);
		const { items } = await opened.journal.leads({ since: now, until: now }, { most: 2, payloads: true }, signal());
		expect(Buffer.from(items[0]?.payload ?? []).toString()).toContain('marked@example.com');
	});

	it('find the leads of a person', async () => {
		const mine = [await accept(), await accept()];
		await accept({ person: 'c'.repeat(64) });
		expect(await opened.journal.leadsOfPerson('b'.repeat(64), signal())).toEqual(mine.map(({ leadId }) => leadId).sort());
	});

	it('keep a rejected payload after it is closed, and count it when it is erased', async () => {
		const id = newLead({ at: now }).leadId;
		await opened.journal.reject(
			{ id, receivedAt: now, payload: Buffer.from('marked'), status: 400, issues: [{ pointer: '/a', detail: 'b' }] },
			signal(),
		);
		const { items } = await opened.journal.rejections({ since: 0, until: now }, { most: 10 }, signal());
		expect(items).toEqual([{ id, receivedAt: now, status: 400, issues: [{ pointer: '/a', detail: 'b' }] }]);
		const [rejection] = items;
		if (!rejection) throw new Error('not found');
		expect(await opened.journal.closeRejection(rejection, { closedAt: now + 5 }, signal())).toBe('closed');
		expect(await opened.journal.closeRejection(rejection, { closedAt: now + 6 }, signal())).toBe('lost');
		expect(await opened.journal.findRejection(id, signal())).toMatchObject({
			closedAt: now + 5,
			payload: new Uint8Array(Buffer.from('marked')),
		});
		// What was read before it was closed names a ticket that is gone.
		await opened.journal.eraseRejection(rejection, signal());
		await opened.journal.eraseRejection(rejection, signal());
		expect(await opened.keys()).toEqual([`n|${day}`]);
		expect(await counts()).toMatchObject({ received: 0, rejected: 1 });
	});
});

describe('the counts of a day by offer, country and action', () => {
	const under = { offer: 'Contoso CRM', country: 'GB', action: 'INS' };
	const erase = async (more: Parameters<typeof opened.journal.erase>[3]) =>
		opened.journal.erase(await listed((await accept()).leadId), now, signal(), more);
	const read = async () => (await opened.journal.facetCounts({ first: day, last: day }, signal()))[0]?.under;
	const put = async (columns: object) => {
		await opened.table.createTable();
		await opened.table.createEntity({ partitionKey: 'journal', rowKey: `n|${day}`, v: 1, ...columns });
	};
	const countsRow = () => opened.table.getEntity('journal', `n|${day}`);

	it('grow with each erased lead', async () => {
		await erase(under);
		await erase({ ...under, country: 'DE' });
		await erase({ offer: '__proto__' });
		await erase(undefined);
		expect(await read()).toEqual({
			offer: Object.fromEntries([
				['Contoso CRM', 2],
				['__proto__', 1],
			]),
			country: { GB: 1, DE: 1 },
			action: { INS: 2 },
		});
		expect(await counts()).toMatchObject({ received: 4 });
	});

	it('begin in a row of an older version, and outlive what an older version adds', async () => {
		await put({ received: 7, duplicates: 0, tests: 0, rejected: 0, email: 5 });
		expect(await read()).toEqual({ offer: {}, country: {}, action: {} });
		await erase(under);
		expect(await counts()).toMatchObject({ received: 8, email: 5 });
		// What an older version writes: every column of the row that holds a number, and no other.
		const { etag, ...known } = await countsRow();
		const numbers = Object.fromEntries(Object.entries(known).filter(([name, value]) => typeof value === 'number' && name !== 'v'));
		expect(Object.keys(numbers).sort()).toEqual(['crm', 'duplicates', 'email', 'received', 'rejected', 'tests']);
		await opened.table.updateEntity({ partitionKey: 'journal', rowKey: `n|${day}`, ...numbers, received: 9 }, 'Merge', {
			etag: etag ?? '',
		});
		expect(await read()).toMatchObject({ country: { GB: 1 } });
		expect(await counts()).toMatchObject({ received: 9 });
	});

	it('are no column that is too long: from the hundredth value on, the others are counted together', async () => {
		const facets = JSON.stringify({ offer: Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`Offer ${index}`, 1])) });
		await put({ received: 100, facets });
		await erase({ offer: 'Offer 3' });
		await erase({ offer: 'New' });
		await erase({ offer: 'Newer' });
		expect((await read())?.offer).toMatchObject({ 'Offer 3': 2, '': 2 });
	});

	it.each(['cut off', '[]', '{"offer":7,"country":{"GB":"many"},"action":null}', 'null'])(
		'are none where they cannot be read: %s',
		async (facets) => {
			await put({ received: 1, facets });
			expect(await read()).toEqual({ offer: {}, country: {}, action: {} });
			await erase(under);
			expect(await read()).toMatchObject({ action: { INS: 1 } });
		},
	);
});
