import { InvocationContext } from '@azure/functions';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sweepJournal } from '../../LeadSweep/sweep-journal.ts';
import { bellQueue } from '../../shared/queues/bell.ts';
import { type App, delivered, openApp, unavailable, workingSettings } from '../support/app.ts';
import { startTestStorage, type TestStorage } from '../support/storage.ts';

const minute = 60_000;

let storage: TestStorage;
beforeAll(async () => {
	storage = await startTestStorage();
});
afterAll(() => storage.stop());

const sweep = (app: App) =>
	sweepJournal(app.services)({} as never, new InvocationContext({ functionName: 'LeadSweep', logHandler: () => undefined }));

/** Hears every bell that can be heard now and looks at its lead, four at a time, as one instance does. */
async function work(app: App): Promise<void> {
	const heard = await app.hearBells();
	while (heard.length > 0) await Promise.all(heard.splice(0, 4).map((leadId) => app.deliver(leadId)));
}

const statesOf = async (app: App, leads: string[]) =>
	(await Promise.all(leads.map((leadId) => app.find(leadId)))).map((lead) => lead?.deliveries.crm?.state);

describe('bells', () => {
	it('carry no truth: all of them deleted at any moment, every lead arrives', async () => {
		const app = await openApp(storage.connectionString);
		const leads: string[] = [];
		const clear = async () => (await app.services.queue(bellQueue)).clear(AbortSignal.timeout(20_000));
		let failing = 0;
		app.behaviour.crm = () => (failing++ < 10 ? unavailable : delivered);
		for (let index = 0; index < 12; index++) leads.push(await app.post());
		await clear();
		// Three leads fail before the rest, then one in every other round; two more rounds bring the others.
		for (let round = 0; round < 24; round++) {
			app.now += 20 * minute;
			await sweep(app);
			if (round % 2) await clear();
			await work(app);
			await clear();
		}
		expect(new Set(await statesOf(app, leads))).toEqual(new Set(['delivered']));
	}, 60_000);
});

describe('mails that have waited', () => {
	it('get on although the delayed bells of their turns are lost each time', async () => {
		const app = await openApp(storage.connectionString, { ...workingSettings, LEAD_DESTINATIONS: 'email' });
		const leads: string[] = [];
		for (let index = 0; index < 8; index++) leads.push(await app.post());
		for (let round = 0; round < 4; round++) {
			await (await app.services.queue(bellQueue)).clear(AbortSignal.timeout(20_000));
			app.now += 20 * minute;
			await sweep(app);
			await work(app);
		}
		const found = await Promise.all(leads.map((leadId) => app.find(leadId)));
		expect(found.map((lead) => lead?.deliveries.email?.state)).toEqual(leads.map(() => 'delivered'));
	});
});

describe('a permission that is missing', () => {
	it('is named by every sweep, parks nothing, and the leads arrive by themselves when it is granted', async () => {
		const app = await openApp(storage.connectionString);
		const missing = {
			kind: 'configuration',
			code: '403 ErrorAccessDenied',
			reason: 'no',
			remedy: 'grant it',
			names: ['Application Mail.Send for EMAIL_FROM'],
		} as const;
		app.behaviour.email = () => ({ ...missing, names: [...missing.names] });
		const leads = [await app.post(), await app.post(), await app.post()];
		await work(app);
		for (let round = 0; round < 20; round++) {
			app.now += 60 * minute;
			await sweep(app);
			await work(app);
		}
		const emailOf = async () => (await Promise.all(leads.map((leadId) => app.find(leadId)))).map((lead) => lead?.deliveries.email);
		expect((await emailOf()).map((delivery) => [delivery?.state, delivery?.spent])).toEqual(Array(3).fill(['pending', 0]));
		const lines: string[] = [];
		const context = new InvocationContext({ functionName: 'LeadSweep', logHandler: (_level, text) => void lines.push(String(text)) });
		await sweepJournal(app.services)({} as never, context);
		expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
			event: 'journal.checked',
			misconfigured: ['Application Mail.Send for EMAIL_FROM'],
			pending: 3,
		});
		app.behaviour.email = () => delivered;
		for (let round = 0; round < 3; round++) {
			app.now += 20 * minute;
			await sweep(app);
			await work(app);
		}
		expect((await emailOf()).map((delivery) => delivery?.state)).toEqual(Array(3).fill('delivered'));
	}, 60_000);
});

it.each([0, 1000])(
	'a destination that asks with each refusal to be called again after %d ms is not called without end',
	async (retryAfterMs) => {
		const app = await openApp(storage.connectionString, { ...workingSettings, LEAD_DESTINATIONS: 'crm' });
		app.behaviour.crm = () => ({ ...unavailable, retryAfterMs });
		const leadId = await app.post();
		for (let looks = 0; looks < 300; looks++) {
			const before = app.calls.length;
			await app.deliver(leadId);
			// Nothing is due at this moment: the next look is a second later.
			if (app.calls.length === before) app.now += 1000;
		}
		expect(app.calls.length).toBeLessThan(15);
		app.behaviour.crm = () => delivered;
		app.now += 60 * minute;
		await app.deliver(leadId);
		expect(await statesOf(app, [leadId])).toEqual(['delivered']);
	},
);
