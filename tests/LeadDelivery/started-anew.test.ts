import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createCooldowns } from '../../LeadDelivery/cooldowns.ts';
import { deliverLead } from '../../LeadDelivery/deliver-lead.ts';
import { ringOverdue } from '../../LeadSweep/ring-overdue.ts';
import type { Outcome } from '../../shared/delivery/outcome.ts';
import { closeLead } from '../../shared/operate/close-lead.ts';
import { readSettings } from '../../shared/settings/read-settings.ts';
import { type App, delivered, openApp, workingSettings } from '../support/app.ts';
import { startTestStorage, type TestStorage } from '../support/storage.ts';

const minute = 60_000;
const forbidden: Outcome = { kind: 'configuration', code: '403', reason: 'no', remedy: 'grant it', names: ['a role'] };

let storage: TestStorage;
let app: App;

beforeAll(async () => {
	storage = await startTestStorage();
}, 30_000);
afterAll(() => storage.stop());
beforeEach(async () => {
	app = await openApp(storage.connectionString);
});

/** Another worker beside the app's, with settings of its own, that starts now. */
function startWorker(environment: Record<string, string> = workingSettings) {
	const settings = readSettings({ ...environment, AzureWebJobsStorage: storage.connectionString });
	const services = { ...app.services, settings };
	return { ...app.deliveryDeps, settings, cooldowns: createCooldowns(services) };
}
const post = async () => {
	const leadId = await app.post();
	await app.hearBells();
	return leadId;
};
const stateOf = async (leadId: string, destination: 'email' | 'crm' = 'crm') => (await app.find(leadId))?.deliveries[destination]?.state;
const callsTo = (destination: string) => app.calls.filter((call) => call.destination === destination).length;
const cooldownOf = async (destination: 'email' | 'crm') =>
	(await (await app.services.journal()).readCooldown(destination, AbortSignal.timeout(20_000)))?.cooldown;

describe('a rest for a setting that was wrong', () => {
	let waiting: string;
	beforeEach(async () => {
		app = await openApp(storage.connectionString, { ...workingSettings, EMAIL_TO: 'nobody' });
		waiting = await post();
		await app.deliver(waiting);
		expect(await cooldownOf('email')).toMatchObject({ why: 'configuration', code: 'settings' });
	});

	it('ends with the first lead of an app that has started with a right one, which rings for what waited', async () => {
		const next = await post();
		const worker = startWorker();
		await deliverLead(next, worker);
		expect(await stateOf(next, 'email')).toBe('delivered');
		expect(await app.hearBells()).toEqual([waiting]);
		await deliverLead(waiting, worker);
		expect(await stateOf(waiting, 'email')).toBe('delivered');
	});

	it('ends with its first sweep too', async () => {
		await ringOverdue({ ...app.sweepDeps, settings: startWorker().settings });
		expect(await cooldownOf('email')).toBeUndefined();
		expect(await app.hearBells()).toEqual([waiting]);
	});

	it('goes on in an app that has started with a wrong one', async () => {
		const wrongToo = { ...workingSettings, EMAIL_TO: 'no address either' };
		await ringOverdue({ ...app.sweepDeps, settings: startWorker(wrongToo).settings });
		expect(await cooldownOf('email')).toMatchObject({ code: 'settings' });
		expect(await app.hearBells()).toEqual([]);
	});
});

describe('a rest for a refusal', () => {
	let waiting: string;
	beforeEach(async () => {
		app.behaviour.crm = () => forbidden;
		waiting = await post();
		await app.deliver(waiting);
		app.now += 1;
	});

	it('is probed by the first lead after a start', async () => {
		const worker = startWorker();
		const [first, second] = [await post(), await post()];
		await app.deliver(first);
		expect(callsTo('crm')).toBe(1);
		app.behaviour.crm = () => delivered;
		await deliverLead(first, worker);
		expect(await stateOf(first)).toBe('delivered');
		expect((await app.hearBells()).sort()).toEqual([waiting, second].sort());
	});

	it('is probed once by a worker, and once by many that start together', async () => {
		const workers = [startWorker(), startWorker(), startWorker()];
		app.now += 1;
		for (const worker of workers) for (let times = 0; times < 2; times++) await deliverLead(await post(), worker);
		expect(callsTo('crm')).toBe(2);
		expect(await cooldownOf('crm')).toMatchObject({ until: app.now + 2 * minute });
	});

	it('is not probed while another lead does', async () => {
		const [first, second] = [await post(), await post()];
		app.now += 1;
		const [one, other] = [startWorker(), startWorker()];
		app.behaviour.crm = async () => {
			app.behaviour.crm = () => delivered;
			await deliverLead(second, other);
			return forbidden;
		};
		await deliverLead(first, one);
		expect(callsTo('crm')).toBe(2);
	});
});

it('what the destination asked for is kept over a start', async () => {
	app.behaviour.crm = () => ({ kind: 'transient', code: '429', reason: 'slow down', retryAfterMs: 10 * minute });
	await app.deliver(await post());
	app.now += 1;
	await deliverLead(await post(), startWorker());
	expect(callsTo('crm')).toBe(1);
});

describe('a rest that is over', () => {
	it('is forgotten when no lead waits that could probe it, so that nobody is told of it any more', async () => {
		app.behaviour.crm = () => forbidden;
		const leadId = await post();
		await app.deliver(leadId);
		await ringOverdue(app.sweepDeps);
		expect(await cooldownOf('crm')).toMatchObject({ names: ['a role'] });
		app.now += 2 * minute;
		await ringOverdue(app.sweepDeps);
		expect(await cooldownOf('crm')).toMatchObject({ names: ['a role'] });
		const lead = await app.find(leadId);
		if (lead) await (await app.services.journal()).erase(lead, app.now, AbortSignal.timeout(20_000));
		await closeLead(leadId, {}, app.services);
		await ringOverdue(app.sweepDeps);
		expect(await cooldownOf('crm')).toBeUndefined();
	});
});

it('those whose calls were under way when a rest began go on when it ends', async () => {
	const [underWay, first] = [await post(), await post()];
	app.behaviour.crm = async ({ leadId }) => {
		if (leadId === underWay) await app.deliver(first);
		return forbidden;
	};
	await app.deliver(underWay);
	expect(callsTo('crm')).toBe(2);
	app.behaviour.crm = () => delivered;
	app.now += minute;
	await app.deliver(first);
	expect(await app.hearBells()).toEqual([underWay]);
});
