import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { enter, newDelivery } from '../../../../shared/delivery/delivery.ts';
import type { NewLead } from '../../../../shared/journal/entries.ts';
import type { Journal } from '../../../../shared/journal/journal.ts';
import { createTableJournal } from '../../../../shared/journal/table/table-journal.ts';
import { newLeadId } from '../../../../shared/lead/lead-id.ts';
import { openTable } from '../../../../shared/storage/open-storage.ts';
import { eventually } from '../../../support/eventually.ts';
import { startTestStorage, type TestStorage } from '../../../support/storage.ts';

const now = 1_790_000_000_000;
const minute = 60_000;
const signal = () => AbortSignal.timeout(20_000);

let storage: TestStorage;
let journal: Journal;
let tables = 0;

beforeAll(async () => {
	storage = await startTestStorage();
});
afterAll(() => storage.stop());
// A table of its own for each test, not made beforehand: the journal makes it.
beforeEach(async () => {
	journal = createTableJournal(await openTable({ connectionString: storage.connectionString }, `journal${Date.now()}x${++tables}`), [
		'email',
		'crm',
	]);
});

/** A lead that is accepted; each test changes one thing. */
function newLead(more: Partial<NewLead> & { at?: number } = {}): NewLead {
	const { at = now, ...rest } = more;
	return {
		leadId: newLeadId(at),
		receivedAt: at,
		contentId: 'a'.repeat(64),
		dedupeWindowMs: 60 * minute,
		payload: Buffer.from('{"OfferTitle":"Contoso"}'),
		summary: { name: 'Some One' },
		person: 'b'.repeat(64),
		deliveries: { email: newDelivery(at), crm: newDelivery(at) },
		undecided: false,
		...rest,
	};
}

const all = { until: Number.MAX_SAFE_INTEGER, most: 100 };

describe('the journal', () => {
	it('remembers when it was asked first, whoever asks', async () => {
		expect(await journal.latest(signal())).toBeUndefined();
		const first = await Promise.all([journal.began(now, signal()), journal.began(now, signal())]);
		expect([...first, await journal.began(now + minute, signal())]).toEqual([now, now, now]);
	});

	it('accepts a lead with its payload, its deliveries and their tickets at once', async () => {
		const lead = newLead({ contentType: 'application/json' });
		expect(await journal.accept(lead, signal())).toEqual({ status: 'accepted', leadId: lead.leadId, receivedAt: now });
		expect(await journal.find(lead.leadId, signal())).toMatchObject({
			leadId: lead.leadId,
			receivedAt: now,
			payload: new Uint8Array(Buffer.from('{"OfferTitle":"Contoso"}')),
			contentType: 'application/json',
			summary: { name: 'Some One' },
			receipts: 1,
			deliveries: { email: { state: 'pending', due: now }, crm: { state: 'pending', due: now } },
			undecided: false,
		});
		expect(await journal.tickets('email', all, signal())).toEqual([{ time: now, id: lead.leadId, receivedAt: now }]);
		expect(await journal.latest(signal())).toBe(now);
	});

	it('is empty before its table exists', async () => {
		expect([
			await journal.find(newLeadId(now), signal()),
			await journal.tickets('crm', all, signal()),
			await journal.latest(signal()),
		]).toEqual([undefined, [], undefined]);
	});

	it('counts the same content within its window as duplicates of the first lead, also twenty at once', async () => {
		const leads = Array.from({ length: 20 }, () => newLead());
		const acceptances = await Promise.all(leads.map((lead) => journal.accept(lead, signal())));
		const [first] = acceptances.filter(({ status }) => status === 'accepted');
		expect(acceptances.filter(({ status }) => status === 'duplicate')).toHaveLength(19);
		expect(new Set(acceptances.map(({ leadId }) => leadId))).toEqual(new Set([first?.leadId]));
		await eventually(async () => (await journal.find(first?.leadId ?? '', signal()))?.receipts === 20);
		expect(await journal.tickets('crm', all, signal())).toHaveLength(1);
	});

	it('takes the same content after its window as a new lead, of which there is one however many come', async () => {
		const first = newLead();
		await journal.accept(first, signal());
		const late = Array.from({ length: 8 }, () => newLead({ at: now + 60 * minute }));
		const acceptances = await Promise.all(late.map((lead) => journal.accept(lead, signal())));
		expect(acceptances.map(({ status }) => status).sort()).toEqual(['accepted', ...Array(7).fill('duplicate')]);
		expect(acceptances.some(({ leadId }) => leadId === first.leadId)).toBe(false);
	});

	it('takes a lead that waited in the spill for what it was when it came: outside the window of a later one it is a lead of its own', async () => {
		const later = newLead({ at: now + 60 * minute });
		await journal.accept(later, signal());
		const early = newLead();
		expect(await journal.accept(early, signal())).toMatchObject({ status: 'accepted', leadId: early.leadId });
		expect(await journal.accept(early, signal())).toMatchObject({ status: 'accepted', leadId: early.leadId });
		expect(await journal.tickets('crm', all, signal())).toMatchObject([{ id: early.leadId }, { id: later.leadId }]);
		// What is known of the content is the later one's.
		expect(await journal.accept(newLead({ at: now + 61 * minute }), signal())).toMatchObject({ status: 'duplicate', leadId: later.leadId });
		expect(await journal.accept(newLead({ at: now + 59 * minute }), signal())).toMatchObject({ status: 'duplicate', leadId: later.leadId });
	});

	it('takes no lead for a duplicate when there is no window', async () => {
		for (const at of [now, now - 5, now + 5])
			expect(await journal.accept(newLead({ at, dedupeWindowMs: 0 }), signal())).toMatchObject({ status: 'accepted' });
	});

	it('recognises its own acceptance when the answer was lost and it is repeated', async () => {
		const lead = newLead();
		await journal.accept(lead, signal());
		expect(await journal.accept(lead, signal())).toEqual({ status: 'accepted', leadId: lead.leadId, receivedAt: now });
		expect(await journal.find(lead.leadId, signal())).toMatchObject({ receipts: 1 });
	});

	it('recognises its own lead after another with the same content has come later', async () => {
		const lead = newLead();
		await journal.accept(lead, signal());
		await journal.accept(newLead({ at: now + 61 * minute }), signal());
		expect(await journal.accept({ ...lead, receivedAt: now + 200 * minute }, signal())).toMatchObject({
			status: 'accepted',
			leadId: lead.leadId,
		});
	});

	it('keeps 32 KiB of anything, and 32,768 characters that are many bytes', async () => {
		const payload = Buffer.alloc(32_768, 0xff);
		const lead = newLead({ payload });
		await journal.accept(lead, signal());
		expect(Buffer.from((await journal.find(lead.leadId, signal()))?.payload ?? [])).toEqual(payload);
	});

	it('moves a delivery for one of ten who try at once', async () => {
		const lead = newLead();
		await journal.accept(lead, signal());
		const found = await journal.find(lead.leadId, signal());
		if (!found?.deliveries.crm) throw new Error('not found');
		const from = found.deliveries.crm;
		const results = await Promise.all(
			Array.from({ length: 10 }, (_, index) =>
				journal.move(found, [{ destination: 'crm', from, to: { ...from, due: now + minute, attempts: index } }], signal()),
			),
		);
		expect(results.sort()).toEqual([...Array(9).fill('lost'), 'moved']);
		expect(await journal.tickets('crm', all, signal())).toMatchObject([{ time: now + minute }]);
	});

	it('moves two destinations side by side without one losing to the other', async () => {
		const lead = newLead();
		await journal.accept(lead, signal());
		const found = await journal.find(lead.leadId, signal());
		if (!found?.deliveries.crm || !found.deliveries.email) throw new Error('not found');
		const done = enter('delivered', now + minute);
		const results = await Promise.all([
			journal.move(found, [{ destination: 'crm', from: found.deliveries.crm, to: { ...found.deliveries.crm, ...done } }], signal()),
			journal.move(found, [{ destination: 'email', from: found.deliveries.email, to: { ...found.deliveries.email, ...done } }], signal()),
		]);
		expect(results).toEqual(['moved', 'moved']);
		expect(await journal.find(lead.leadId, signal())).toMatchObject({ deliveries: { crm: done, email: done } });
		expect(await journal.tickets('email', all, signal())).toEqual([]);
	});

	it('lists a parked delivery until it is moved on', async () => {
		const lead = newLead({ deliveries: { crm: newDelivery(now) } });
		await journal.accept(lead, signal());
		const found = await journal.find(lead.leadId, signal());
		if (!found?.deliveries.crm) throw new Error('not found');
		const parked = { ...found.deliveries.crm, ...enter('parked', now + minute) };
		await journal.move(found, [{ destination: 'crm', from: found.deliveries.crm, to: parked }], signal());
		expect(await journal.tickets('parked', all, signal())).toEqual([
			{ time: now + minute, id: lead.leadId, receivedAt: now, destination: 'crm' },
		]);
		await journal.move(found, [{ destination: 'crm', from: parked, to: { ...parked, state: 'pending' } }], signal());
		expect([await journal.tickets('parked', all, signal()), await journal.tickets('crm', all, signal())]).toMatchObject([
			[],
			[{ id: lead.leadId }],
		]);
	});

	it('decides an undecided lead once', async () => {
		const lead = newLead({ deliveries: {}, undecided: true });
		await journal.accept(lead, signal());
		const found = await journal.find(lead.leadId, signal());
		if (!found) throw new Error('not found');
		const moves = [{ destination: 'crm', to: newDelivery(now + minute) } as const];
		const results = await Promise.all([1, 2].map(() => journal.move(found, moves, signal(), {})));
		expect(results.sort()).toEqual(['lost', 'moved']);
		expect(await journal.find(lead.leadId, signal())).toMatchObject({ undecided: false, deliveries: { crm: { state: 'pending' } } });
		expect(await journal.tickets('undecided', all, signal())).toEqual([]);
	});

	it('does not bring a lead back that is gone', async () => {
		const lead = newLead();
		const absent = { ...lead, etag: '"none"' };
		await journal.accept(newLead({ contentId: 'c'.repeat(64) }), signal());
		const delivery = newDelivery(now);
		expect(await journal.move(absent, [{ destination: 'crm', from: delivery, to: { ...delivery, due: 1 } }], signal())).toBe('lost');
		expect(await journal.find(lead.leadId, signal())).toBeUndefined();
	});

	it('keeps a rejected payload, once however often it is written', async () => {
		const rejected = {
			id: newLeadId(now),
			receivedAt: now,
			payload: Buffer.from('{}'),
			status: 400,
			issues: [{ pointer: '', detail: 'says nothing' }],
		} as const;
		await journal.reject({ ...rejected, issues: [...rejected.issues] }, signal());
		await journal.reject({ ...rejected, issues: [...rejected.issues] }, signal());
		expect(await journal.tickets('rejected', all, signal())).toEqual([{ time: now, id: rejected.id, receivedAt: now }]);
	});

	it('gives tickets oldest first, between two times, at most so many', async () => {
		for (const offset of [3, 1, 2, 4]) await journal.accept(newLead({ at: now + offset, contentId: String(offset).repeat(64) }), signal());
		const times = async (range: { after?: number; until: number; most: number }) =>
			(await journal.tickets('email', range, signal())).map(({ time }) => time - now);
		expect(await times({ until: now + 3, most: 10 })).toEqual([1, 2, 3]);
		expect(await times({ after: now + 1, until: now + 9, most: 2 })).toEqual([2, 3]);
	});
});
