import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newLeadId } from '../../../shared/lead/lead-id.ts';
import { closeLead } from '../../../shared/operate/close-lead.ts';
import { eraseById } from '../../../shared/operate/erase-by-id.ts';
import { replayLead } from '../../../shared/operate/replay-lead.ts';
import { replayRejection } from '../../../shared/operate/replay-rejection.ts';
import { type App, delivered, openApp, unavailable } from '../../support/app.ts';
import { payload } from '../../support/payload.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';

const day = 86_400_000;
const signal = () => AbortSignal.timeout(20_000);
const refused = { kind: 'permanent', code: '400', reason: 'no', remedy: 'do' } as const;

let storage: TestStorage;
let app: App;

beforeAll(async () => {
	storage = await startTestStorage();
}, 30_000);
afterAll(() => storage.stop());
beforeEach(async () => {
	app = await openApp(storage.connectionString);
});

/** A lead that is delivered by mail and parked for the CRM; its bell was heard. */
const postParked = async () => {
	app.behaviour.crm = () => refused;
	const leadId = await app.post();
	await app.deliver(leadId);
	await app.hearBells();
	app.behaviour.crm = () => delivered;
	return leadId;
};
const statesOf = async (leadId: string) =>
	Object.fromEntries(Object.entries((await app.find(leadId))?.deliveries ?? {}).map(([name, { state }]) => [name, state]));
const callsTo = (name: string) => app.calls.filter(({ destination }) => destination === name).length;
const parkedTickets = async () => (await app.services.journal()).tickets('parked', { until: Number.MAX_SAFE_INTEGER, most: 10 }, signal());

describe('a replay of a lead', () => {
	it('makes its parked delivery due and rings; the delivered one is left alone', async () => {
		const leadId = await postParked();
		expect(await replayLead(leadId, { again: false }, app.services)).toEqual({
			moved: ['crm'],
			refused: [{ destination: 'email', why: 'delivered' }],
			bell: 'rung',
		});
		expect(await parkedTickets()).toEqual([]);
		for (const heard of await app.hearBells()) await app.deliver(heard);
		expect(await statesOf(leadId)).toEqual({ email: 'delivered', crm: 'delivered' });
		expect([callsTo('email'), callsTo('crm')]).toEqual([1, 2]);
	});

	it('has a new window of days, also for a delivery that was parked because the last one was over', async () => {
		app.behaviour.crm = () => unavailable;
		const leadId = await app.post();
		for (let attempts = 0; attempts < 60 && (await statesOf(leadId)).crm !== 'parked'; attempts++) {
			app.now += 6 * 3_600_000;
			await app.deliver(leadId);
		}
		expect(await statesOf(leadId)).toMatchObject({ crm: 'parked' });
		app.now += 30 * day;
		await replayLead(leadId, { again: false }, app.services);
		await app.deliver(leadId);
		expect((await app.find(leadId))?.deliveries.crm).toMatchObject({ state: 'pending', spent: 1, windowStart: app.now });
	});

	it('delivers again what was delivered only with again, to the destination that is named', async () => {
		const leadId = await app.post();
		await app.deliver(leadId);
		expect(await replayLead(leadId, { again: false }, app.services)).toMatchObject({ moved: [], bell: 'none' });
		expect(await replayLead(leadId, { again: true, destination: 'crm' }, app.services)).toMatchObject({ moved: ['crm'], refused: [] });
		await app.deliver(leadId);
		expect([callsTo('email'), callsTo('crm')]).toEqual([1, 2]);
		// The CRM gets the same id as GUID again: it says that it has it.
		expect(new Set(app.calls.map(({ request }) => request.leadId))).toEqual(new Set([leadId]));
	});

	it('replays once when two ask at once', async () => {
		const leadId = await app.post();
		await app.deliver(leadId);
		const results = await Promise.all([1, 2].map(() => replayLead(leadId, { again: true }, app.services)));
		expect(results.map((result) => result?.moved.length).sort()).toEqual([0, 2]);
	});

	it('is done although its bell cannot be rung', async () => {
		const leadId = await postParked();
		const bell = async () => Promise.reject(Object.assign(new Error('no'), { statusCode: 403 }));
		expect(await replayLead(leadId, { again: false }, { ...app.services, bell })).toMatchObject({ moved: ['crm'], bell: '403 Error' });
	});

	it('knows when there is no such lead', async () => {
		expect(await replayLead(newLeadId(app.now), { again: true }, app.services)).toBeUndefined();
	});
});

describe('closing a lead', () => {
	it('ends what is parked: it is neither tried nor listed any more', async () => {
		const leadId = await postParked();
		expect(await closeLead(leadId, {}, app.services)).toMatchObject({ moved: ['crm'] });
		expect(await parkedTickets()).toEqual([]);
		expect((await app.find(leadId))?.deliveries.crm).toMatchObject({ state: 'closed', due: app.now, reason: '400: no' });
		app.now += day;
		await app.deliver(leadId);
		expect(callsTo('crm')).toBe(1);
	});
});

describe('a replay of a rejected payload', () => {
	const reject = async (text: string) => {
		const id = newLeadId(app.now);
		const issues = [{ pointer: '', detail: 'an earlier version could not read it' }];
		await (await app.services.journal()).reject({ id, receivedAt: app.now, payload: Buffer.from(text), status: 400, issues }, signal());
		return id;
	};

	it('accepts it as a lead when it can be read now, closes the rejection and rings', async () => {
		const id = await reject(JSON.stringify(payload()));
		const receivedAt = app.now;
		app.now += day;
		expect(await replayRejection(id, app.services)).toEqual({
			ok: true,
			acceptance: { status: 'accepted', leadId: id, receivedAt },
			bell: 'rung',
		});
		const journal = await app.services.journal();
		expect(await journal.tickets('rejected', { until: app.now, most: 10 }, signal())).toEqual([]);
		expect(await journal.findRejection(id, signal())).toMatchObject({ closedAt: app.now });
		for (const heard of await app.hearBells()) await app.deliver(heard);
		expect(await statesOf(id)).toEqual({ email: 'delivered', crm: 'delivered' });
		expect(await replayRejection(id, app.services)).toMatchObject({ ok: true, acceptance: { leadId: id } });
		expect(await statesOf(id)).toEqual({ email: 'delivered', crm: 'delivered' });
	});

	it('is a duplicate when the same lead was accepted meanwhile', async () => {
		const id = await reject(JSON.stringify(payload()));
		app.now += 1000;
		const leadId = await app.post(payload());
		expect(await replayRejection(id, app.services)).toMatchObject({ ok: true, acceptance: { status: 'duplicate', leadId } });
	});

	it('says why it is still no lead, and leaves it open', async () => {
		const id = await reject('[]');
		expect(await replayRejection(id, app.services)).toMatchObject({ ok: false, issues: [{ detail: expect.stringContaining('object') }] });
		expect(await (await app.services.journal()).findRejection(id, signal())).not.toHaveProperty('closedAt');
		expect(await replayRejection(newLeadId(app.now), app.services)).toBeUndefined();
	});

	it('is erased together with the lead that it became', async () => {
		const id = await reject(JSON.stringify(payload()));
		await replayRejection(id, app.services);
		expect(await eraseById(id, app.services)).toEqual({ lead: true, rejection: true });
		expect(await eraseById(id, app.services)).toEqual({ lead: false, rejection: false });
	});
});
