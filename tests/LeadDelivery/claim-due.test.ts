import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { claimDue } from '../../LeadDelivery/claim-due.ts';
import { replayLead } from '../../shared/journal/replay-lead.ts';
import { type App, openApp } from '../support/app.ts';
import { startTestStorage, type TestStorage } from '../support/storage.ts';

const hour = 3_600_000;

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
	await claimDue(leadId, app.courier);
	app.now += 7 * hour;
};

describe('a lead over which the worker dies each time', () => {
	it('is parked at the claim after the tenth time, at both destinations, with an alert, and is not attempted', async () => {
		const leadId = await app.post();
		for (let times = 0; times < 30 && app.events('delivery.parked').length < 2; times++) await die(leadId);
		expect(await app.find(leadId)).toMatchObject({
			deliveries: {
				crm: { state: 'parked', attempts: 10, reason: expect.stringContaining('10 times in a row'), remedy: expect.any(String) },
				email: { state: 'parked', attempts: 10, reason: expect.stringContaining('may have been done') },
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
