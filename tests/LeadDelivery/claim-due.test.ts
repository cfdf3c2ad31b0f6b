import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { claimDue } from '../../LeadDelivery/claim-due.ts';
import { createCooldowns } from '../../LeadDelivery/cooldowns.ts';
import type { Cooldown } from '../../shared/delivery/cooldown.ts';
import type { DestinationName } from '../../shared/delivery/destination.ts';
import type { Journal } from '../../shared/journal/journal.ts';
import { leadKey } from '../../shared/journal/table/row-keys.ts';
import { replayLead } from '../../shared/operate/replay-lead.ts';
import { type App, delivered, openApp, workingSettings } from '../support/app.ts';
import { startTestStorage, type TestStorage } from '../support/storage.ts';

const second = 1000;
const hour = 3600 * second;

let storage: TestStorage;
let app: App;

beforeAll(async () => {
	storage = await startTestStorage();
}, 30_000);
afterAll(() => storage.stop());
beforeEach(async () => {
	app = await openApp(storage.connectionString);
});

/** A worker that claims what is due and dies before it has an outcome. */
const die = async (leadId: string) => {
	await claimDue(leadId, app.deliveryDeps);
	app.now += 7 * hour;
};

describe('a lead over which the worker dies each time', () => {
	it('is parked at the claim after the tenth time, at both destinations, with an alert, and is not attempted', async () => {
		const leadId = await app.post();
		for (let times = 0; times < 30 && app.events('delivery.parked').length < 2; times++) await die(leadId);
		expect(await app.find(leadId)).toMatchObject({
			deliveries: {
				crm: { state: 'parked', attempts: 10, reason: expect.stringContaining('10 times in a row'), remedy: expect.any(String) },
				email: { state: 'parked', attempts: 10, reason: expect.stringContaining('may have been delivered') },
			},
		});
		expect(app.events('delivery.parked')).toMatchObject([
			{ level: 'error', leadId, destination: 'email', attempt: 10, code: 'unanswered' },
			{ level: 'error', leadId, destination: 'crm', attempt: 10, code: 'unanswered' },
		]);
		expect(app.calls).toEqual([]);
	});

	it('is attempted again after a replay', async () => {
		const leadId = await app.post();
		for (let times = 0; times < 30 && app.events('delivery.parked').length < 2; times++) await die(leadId);
		await replayLead(leadId, { again: false }, app.services);
		await app.deliver(leadId);
		expect((await app.find(leadId))?.deliveries).toMatchObject({ crm: { state: 'delivered' }, email: { state: 'delivered' } });
	});
});

/** The destination's row, as it is left by a rest that is over. */
async function putCooldown(destination: DestinationName, more: Partial<Cooldown> = {}): Promise<void> {
	const to: Cooldown = { until: app.now, why: 'failing', code: '503', since: app.now, leads: [], steps: 1, ...more };
	await (await app.services.journal()).writeCooldown(destination, { from: undefined, to }, AbortSignal.timeout(20_000));
}
const cooldownOf = async (destination: DestinationName) =>
	(await (await app.services.journal()).readCooldown(destination, AbortSignal.timeout(20_000)))?.cooldown;

describe('a delivery that is only put off or parked', () => {
	it('is not the lead that probes its destination', async () => {
		const leadId = await app.post();
		await claimDue(leadId, app.deliveryDeps);
		app.now += 80 * second;
		await putCooldown('email');
		const found = await claimDue(leadId, app.deliveryDeps);
		expect(found?.claimed.map(({ destination }) => destination)).toEqual(['crm']);
		expect((await app.find(leadId))?.deliveries.email).toMatchObject({ state: 'pending', recent: [{ code: 'unanswered' }] });
		expect(await cooldownOf('email')).not.toHaveProperty('probe');
	});

	it('uses up no mail of the hour', async () => {
		app = await openApp(storage.connectionString, { ...workingSettings, EMAIL_MAX_PER_HOUR: '2' });
		const leadId = await app.post();
		await claimDue(leadId, app.deliveryDeps);
		app.now += 80 * second;
		await claimDue(leadId, app.deliveryDeps);
		const next = await app.post();
		await app.deliver(next);
		expect((await app.find(next))?.deliveries.email).toMatchObject({ state: 'delivered' });
	});

	it('is parked also while its destination cools down', async () => {
		const leadId = await app.post();
		for (let times = 0; times < 10; times++) await die(leadId);
		await putCooldown('crm', { until: app.now + hour });
		await claimDue(leadId, app.deliveryDeps);
		expect((await app.find(leadId))?.deliveries.crm).toMatchObject({ state: 'parked', attempts: 10 });
	});
});

describe('a rest', () => {
	/** The dependencies, with a journal of which one thing does not work. */
	const couriers = async (broken: Partial<Journal>) => {
		const journal = { ...(await app.services.journal()), ...broken };
		return { ...app.deliveryDeps, cooldowns: createCooldowns({ ...app.services, journal: async () => journal }) };
	};
	const fails = () => Promise.reject(Object.assign(new Error('no'), { statusCode: 500 }));

	it('that cannot be read costs a call and stops neither destination', async () => {
		const { readCooldown } = await app.services.journal();
		const deliveryDeps = await couriers({ readCooldown: (name, signal) => (name === 'email' ? fails() : readCooldown(name, signal)) });
		const leadId = await app.post();
		const found = await claimDue(leadId, deliveryDeps);
		expect(found?.claimed).toMatchObject([{ destination: 'email' }, { destination: 'crm' }]);
		expect(app.events('cooldown.failed')).toMatchObject([{ level: 'warn', leadId, destination: 'email', code: '500 Error' }]);
	});

	it('whose row makes no sense costs a call, and is gone after it', async () => {
		const leadId = await app.post();
		await app.table.createEntity({ partitionKey: 'journal', rowKey: 'r|crm', rest: 'cut off' });
		await app.deliver(leadId);
		expect((await app.find(leadId))?.deliveries).toMatchObject({ email: { state: 'delivered' }, crm: { state: 'delivered' } });
		expect(await cooldownOf('crm')).toBeUndefined();
	});

	describe('of a mail that is held back', () => {
		beforeEach(async () => {
			app = await openApp(storage.connectionString, { ...workingSettings, EMAIL_MAX_PER_HOUR: '1' });
		});

		it('lets the CRM go on when its bell cannot be rung', async () => {
			await app.deliver(await app.post());
			const leadId = await app.post();
			const found = await claimDue(leadId, { ...app.deliveryDeps, bell: fails });
			expect(found?.claimed).toMatchObject([{ destination: 'crm' }]);
			expect(app.events('bell.failed')).toMatchObject([{ level: 'warn', leadId, destination: 'email', code: '500 Error' }]);
		});

		it('holds it back also when its row cannot be written', async () => {
			const deliveryDeps = await couriers({ writeCooldown: fails });
			const [first, second] = [await app.post(), await app.post()];
			for (const leadId of [first, second]) await claimDue(leadId, deliveryDeps);
			expect((await app.find(second))?.deliveries.email).toMatchObject({ state: 'pending', attempts: 0 });
			expect(app.events('delivery.heldBack')).toHaveLength(1);
		});
	});
});

describe('a delivery that cannot be read', () => {
	it('is named in the log and left as it is; the other one is made', async () => {
		const leadId = await app.post();
		const row = { partitionKey: 'journal', rowKey: leadKey(leadId) };
		await app.table.updateEntity({ ...row, crm: '{"state":"asleep"}' }, 'Merge');
		await app.deliver(leadId);
		expect((await app.find(leadId))?.deliveries).toMatchObject({ email: { state: 'delivered' }, crm: { state: 'unreadable' } });
		expect(await app.table.getEntity(row.partitionKey, row.rowKey)).toMatchObject({ crm: '{"state":"asleep"}' });
		expect(app.events('delivery.unreadable')).toEqual([{ event: 'delivery.unreadable', level: 'error', leadId, destination: 'crm' }]);
		expect(app.calls.map(({ destination }) => destination)).toEqual(['email']);
	});

	it('is not replayed, and not written over by an attempt that it overtook', async () => {
		const leadId = await app.post();
		const row = { partitionKey: 'journal', rowKey: leadKey(leadId) };
		app.behaviour.crm = async () => {
			app.now += 80 * second;
			await claimDue(leadId, app.deliveryDeps);
			await app.table.updateEntity({ ...row, crm: '{"state":"asleep"}' }, 'Merge');
			return delivered;
		};
		await app.deliver(leadId);
		expect(await replayLead(leadId, { again: true, destination: 'crm' }, app.services)).toMatchObject({
			moved: [],
			refused: [{ destination: 'crm', why: 'unreadable' }],
		});
		expect(await app.table.getEntity(row.partitionKey, row.rowKey)).toMatchObject({ crm: '{"state":"asleep"}' });
	});
});
