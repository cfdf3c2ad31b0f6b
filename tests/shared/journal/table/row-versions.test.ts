import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Delivery, enter, newDelivery } from '../../../../shared/delivery/delivery.ts';
import type { DestinationName } from '../../../../shared/delivery/destination.ts';
import { cooldownKey, leadKey, partition, rejectedKey, ticketKey } from '../../../../shared/journal/table/row-keys.ts';
import { newLeadId } from '../../../../shared/lead/lead-id.ts';
import { type JournalTable, newLead, openJournalTable } from '../../../support/journal-table.ts';
import { startTestStorage, type TestStorage } from '../../../support/storage.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const day = 86_400_000;
const signal = () => AbortSignal.timeout(20_000);
const all = { since: 0, until: Number.MAX_SAFE_INTEGER };

let storage: TestStorage;
let opened: JournalTable;

beforeAll(async () => {
	storage = await startTestStorage(['table']);
}, 30_000);
afterAll(() => storage.stop());
beforeEach(async () => {
	opened = await openJournalTable(storage.connectionString);
});

const row = (rowKey: string) => ({ partitionKey: partition, rowKey });
/** A lead whose row then holds what another version, or a hand, has written. */
async function accept(columns: Record<string, string>): Promise<string> {
	const { leadId } = await opened.journal.accept(newLead({ at: now }), signal());
	await opened.table.updateEntity({ ...row(leadKey(leadId)), ...columns }, 'Merge');
	return leadId;
}
async function find(leadId: string) {
	const lead = await opened.journal.find(leadId, signal());
	if (!lead) throw new Error('not found');
	return lead;
}
async function move(leadId: string, destination: DestinationName, more: Partial<Delivery>): Promise<string> {
	const lead = await find(leadId);
	const from = lead.deliveries[destination];
	if (!from) throw new Error('no such delivery');
	return opened.journal.move(lead, [{ destination, from, to: { ...from, ...more } }], signal());
}
const columnOf = async (leadId: string, name: string) =>
	(await opened.table.getEntity<Record<string, string>>(partition, leadKey(leadId)))[name];

const attempt = (number: number, reason: string) => ({ number, at: now, outcome: 'transient' as const, code: '503', reason });

const unreadable = [
	'{"state":"pending","due":',
	'null',
	'7',
	'{}',
	'{"state":"pending"}',
	'{"state":"pending","due":1e300}',
	'{"state":"asleep","due":1}',
	'{"state":"pending","due":1,"recent":{"latest":1}}',
	'{"state":"pending","due":1,"recent":[null]}',
	'{"state":"pending","due":1,"recent":[{"number":1,"at":"today","outcome":"transient"}]}',
	'{"state":"pending","due":1,"spent":"2"}',
	'{"state":"pending","due":1,"claim":{"id":7}}',
	'{"state":"delivered","due":1,"proof":"yes"}',
	'{"state":"parked","due":1,"reason":["a","b"]}',
	'{"state":"pending","due":1,"since":"noon"}',
];

it.each([
	['reasons full of control characters', { recent: Array.from({ length: 20 }, (_, at) => attempt(at, '\u0000'.repeat(500))) }],
	['an endless proof', { state: 'delivered' as const, proof: { id: '\u0001'.repeat(16_000), how: 'é'.repeat(30_000) } }],
	[
		'more notes than there is room for',
		{ acts: Array.from({ length: 20 }, () => ({ what: 'closed' as const, at: now, by: 'x', note: '"'.repeat(2000) })) },
	],
])('an outcome is written with %s: storage would refuse a longer text', async (_, more) => {
	const { leadId } = await opened.journal.accept(newLead({ at: now }), signal());
	expect(await move(leadId, 'email', { ...more, attempts: 20 })).toBe('moved');
	expect((await find(leadId)).deliveries.email).toMatchObject({ attempts: 20 });
	expect((await columnOf(leadId, 'email'))?.length).toBeLessThanOrEqual(32_000);
});

describe('a delivery of an older version', () => {
	it('has harmless values for what is missing, and goes on', async () => {
		const leadId = await accept({ crm: JSON.stringify({ state: 'pending', due: now }) });
		expect((await find(leadId)).deliveries.crm).toEqual(newDelivery(now));
		expect(await move(leadId, 'crm', { due: now + 1 })).toBe('moved');
	});

	it.each(['delivered', 'parked', 'closed'] as const)('is %s since the time that this version called due', async (state) => {
		const leadId = await accept({ crm: JSON.stringify({ state, due: now + 5 }) });
		expect((await find(leadId)).deliveries.crm).toMatchObject({ state, since: now + 5 });
	});

	it('is in its state since it came when that was not kept', async () => {
		const leadId = await accept({ crm: JSON.stringify({ state: 'pending', due: now + day }) });
		expect((await find(leadId)).deliveries.crm).toMatchObject({ since: now, due: now + day });
	});

	/** It sets `due` alone and keeps members that it does not know; the ticket of what it parks has the time in `due`. */
	it('that writes beside this one may leave an old time in since: what it has parked is found, and moved', async () => {
		const leadId = await accept({});
		const lead = await find(leadId);
		const from = lead.deliveries.crm ?? newDelivery(now);
		const parkedAt = now + 7;
		await opened.journal.move(lead, [{ destination: 'crm', from, to: { ...from, ...enter('parked', parkedAt) } }], signal());
		const column = { ...JSON.parse((await columnOf(leadId, 'crm')) ?? ''), since: now - day };
		await opened.table.updateEntity({ ...row(leadKey(leadId)), crm: JSON.stringify(column) }, 'Merge');
		expect((await find(leadId)).deliveries.crm).toMatchObject({ state: 'parked', since: parkedAt });
		expect(await move(leadId, 'crm', enter('pending', now + 8))).toBe('moved');
		expect((await opened.keys()).filter((key) => key.startsWith('q|parked'))).toEqual([]);
	});
});

/** What the version before `since` reads of a delivery: it needs `due` in every state, and finds the ticket of what is pending or parked by it. */
describe('a delivery of this version, read by the version before', () => {
	it.each(['pending', 'delivered', 'parked', 'closed'] as const)('has its time in due, and in its ticket: %s', async (state) => {
		const leadId = await accept({});
		const [entered, due] = state === 'pending' ? [now + 9, now + day] : [now + 9, now + 9];
		expect(await move(leadId, 'crm', { ...enter(state, entered), due: state === 'pending' ? due : 0 })).toBe('moved');
		expect(JSON.parse((await columnOf(leadId, 'crm')) ?? '')).toMatchObject({ state, since: entered, due });
		const held = { pending: [ticketKey('crm', due, leadId)], parked: [ticketKey('parked', due, leadId, 'crm')], delivered: [], closed: [] };
		expect((await opened.keys()).filter((key) => /^q\|(crm|parked)/.test(key))).toEqual(held[state]);
	});
});

describe('a delivery of a newer version', () => {
	it('keeps what this version does not know', async () => {
		const recent = [{ number: 1, at: now, outcome: 'postponed', later: 1 }];
		const leadId = await accept({ crm: JSON.stringify({ ...newDelivery(now), recent, later: { kept: true } }), fax: 'kept' });
		expect(await move(leadId, 'crm', { due: now + 1 })).toBe('moved');
		expect(JSON.parse((await columnOf(leadId, 'crm')) ?? '')).toMatchObject({ due: now + 1, recent, later: { kept: true } });
		expect(await columnOf(leadId, 'fax')).toBe('kept');
	});
});

describe('a delivery that cannot be read', () => {
	it.each(unreadable)('stops no other of its lead and is not written over: %s', async (column) => {
		const leadId = await accept({ crm: column });
		expect((await find(leadId)).deliveries).toMatchObject({ crm: { state: 'unreadable' }, email: { state: 'pending' } });
		expect(await move(leadId, 'email', { state: 'delivered' })).toBe('moved');
		expect(await columnOf(leadId, 'crm')).toBe(column);
	});

	it('is listed like others', async () => {
		await accept({ crm: 'cut off', summary: 'cut off' });
		await accept({ summary: '{"name":7,"email":null,"company":"Contoso","isTest":"yes"}' });
		const { items } = await opened.journal.leads(all, { most: 10 }, signal());
		expect(items.map(({ summary }) => summary)).toEqual(expect.arrayContaining([{}, { company: 'Contoso' }]));
	});

	it.each(['pending', 'parked'] as const)('is erased with its lead and its ticket, %s as it was', async (state) => {
		const leadId = await accept({});
		await move(leadId, 'crm', enter(state, now + 1));
		await accept({});
		await opened.table.updateEntity({ ...row(leadKey(leadId)), crm: 'cut off' }, 'Merge');
		expect(await opened.journal.erase(await find(leadId), now, signal())).toBe('erased');
		expect((await opened.keys()).filter((key) => /^q\|(email|crm|parked)/.test(key) && key.includes(leadId))).toEqual([]);
		expect(await opened.journal.tickets('crm', { until: now + 1, most: 10 }, signal())).toHaveLength(1);
	});
});

describe('a rejected payload', () => {
	it('is listed without the issues that cannot be read', async () => {
		const issues = [{ pointer: '/a', detail: 'is wrong' }];
		for (const column of ['cut off', '{}', JSON.stringify([null, 'text', ...issues])]) {
			const id = newLeadId(now);
			await opened.journal.reject({ id, receivedAt: now, payload: Buffer.from('x'), status: 400, issues }, signal());
			await opened.table.updateEntity({ ...row(rejectedKey(id)), issues: column }, 'Merge');
		}
		const { items } = await opened.journal.rejections(all, { most: 10 }, signal());
		expect(items.map((item) => item.issues)).toEqual(expect.arrayContaining([[], [], issues]));
	});
});

describe('a rest', () => {
	const put = async (cooldown: string) => {
		await opened.table.createTable();
		await opened.table.createEntity({ ...row(cooldownKey('crm')), rest: cooldown });
	};

	it.each(['cut off', 'null', '{}', '{"until":"noon"}', '{"until":1e300}', '{"until":1,"leads":"x"}', '{"until":1,"names":[7]}'])(
		'that cannot be read is none, and is replaced by the next: %s',
		async (column) => {
			await put(column);
			const from = await opened.journal.readCooldown('crm', signal());
			expect(from?.cooldown).toMatchObject({ until: 0, leads: [] });
			const to = { until: now, why: 'asked', code: '429', since: now, leads: [], steps: 0 } as const;
			expect(await opened.journal.writeCooldown('crm', { from, to: { ...to, leads: [] } }, signal())).toBe('written');
			expect((await opened.journal.readCooldown('crm', signal()))?.cooldown).toEqual(to);
		},
	);

	it('of another version is obeyed, with harmless values for what is missing', async () => {
		await put(JSON.stringify({ until: now, why: 'paced', later: 'kept' }));
		expect((await opened.journal.readCooldown('crm', signal()))?.cooldown).toMatchObject({
			until: now,
			why: 'paced',
			leads: [],
			steps: 0,
			later: 'kept',
		});
	});
});
