import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Outcome } from '../../../shared/delivery/outcome.ts';
import { newLeadId } from '../../../shared/lead/lead-id.ts';
import { cooldownSeenMs } from '../../../shared/operate/end-cooldown.ts';
import { type App, delivered, openApp, unavailable, workingSettings } from '../../support/app.ts';
import { runTool } from '../../support/leads-tool.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';

const minute = 60_000;
const forbidden: Outcome = { kind: 'configuration', code: '403', reason: 'no', remedy: 'grant it', names: ['a role'] };
const refused: Outcome = { kind: 'permanent', code: '400 0x1', reason: 'no', remedy: 'look', smallest: true };

// Dozens of exchanges with storage each: a busy machine takes its time.
jest.setTimeout(30_000);

let storage: TestStorage;
let app: App;
/** Leads that were rung for, and with what delay. */
let rung: { leadId: string; delayMs: number }[];

beforeAll(async () => {
	storage = await startTestStorage();
});
afterAll(() => storage.stop());
beforeEach(async () => {
	await begin();
});

async function begin(settings: Record<string, string> = workingSettings) {
	app = await openApp(storage.connectionString, settings);
	const ring = await app.services.bell();
	rung = [];
	app.services.bell = async () => async (leadId, options) => {
		rung.push({ leadId, delayMs: options.delayMs ?? 0 });
		await ring(leadId, options);
	};
}
const tool = (args: string) => runTool(app, args);
const post = async (many: number) => {
	const leads: string[] = [];
	for (let index = 0; index < many; index++) {
		leads.push(await app.post());
		app.now += 10;
		await app.deliver(leads[index] ?? '');
	}
	rung = [];
	return leads;
};
const cooldownOf = async (destination: 'email' | 'crm' = 'crm') =>
	(await (await app.services.journal()).readCooldown(destination, AbortSignal.timeout(20_000)))?.cooldown;
const crmOf = async (leadId = '') => (await app.find(leadId))?.deliveries.crm;
const statesOf = async (leads: string[]) => Promise.all(leads.map(async (leadId) => (await crmOf(leadId))?.state));
const repair = () => {
	app.behaviour.crm = () => delivered;
};
/** What the app does with the bells, when no worker believes the rest any more. */
const listen = async () => {
	app.now += cooldownSeenMs;
	for (const { leadId } of rung.splice(0)) await app.deliver(leadId);
	for (const leadId of await app.hearBells()) await app.deliver(leadId);
};

describe('npm run leads -- retry', () => {
	it('ends the rest, so that one lead tries the destination and the others follow', async () => {
		app.behaviour.crm = () => forbidden;
		const leads = await post(3);
		const { code, out } = await tool('retry --destination crm');
		expect(code).toBe(0);
		expect(out).toMatch(/^crm: its cooldown is ended \(until .*, in .*\): a setting or a permission is wrong \(403\)$/m);
		expect(out).toMatch(/^crm: 3 deliveries are due now; one is tried first, the others follow when it succeeds$/m);
		expect(rung).toEqual([{ leadId: leads[0], delayMs: cooldownSeenMs }]);
		repair();
		await listen();
		expect(await statesOf(leads)).toEqual(['delivered', 'delivered', 'delivered']);
	});

	it('lets it rest again when nothing is repaired, from the shortest step, and parks nobody', async () => {
		app.behaviour.crm = () => forbidden;
		const [lead = ''] = await post(1);
		for (let times = 0; times < 3; times++) {
			app.now = (await cooldownOf())?.until ?? 0;
			await app.deliver(lead);
		}
		await tool('retry');
		await listen();
		expect(await cooldownOf()).toMatchObject({ why: 'configuration', until: app.now + minute });
		expect(await crmOf(lead)).toMatchObject({ state: 'pending', spent: 0 });
	});

	it('makes due what waits for its next attempt although nothing cools down, and rings for all of it', async () => {
		app.behaviour.crm = () => unavailable;
		const leads = await post(2);
		expect((await crmOf(leads[0]))?.due).toBeGreaterThan(app.now);
		const { out } = await tool('retry');
		expect(out).toBe('crm: 2 deliveries are due now\n');
		expect(rung.map(({ leadId }) => leadId)).toEqual(leads);
		repair();
		await listen();
		expect(await statesOf(leads)).toEqual(['delivered', 'delivered']);
	});

	it('takes the leads that are named and leaves the others', async () => {
		app.behaviour.crm = () => unavailable;
		const [named = '', other = ''] = await post(2);
		expect(await tool(`retry ${named} --destination crm`)).toMatchObject({ code: 0, out: 'crm: 1 delivery is due now\n' });
		expect((await crmOf(named))?.due).toBe(app.now);
		expect((await crmOf(other))?.due).toBeGreaterThan(app.now);
	});

	it('says of each lead that does not wait why, and ends no rest for it', async () => {
		app.behaviour.crm = () => ({ ...refused, smallest: undefined }) as unknown as Outcome;
		const [parked = ''] = await post(1);
		app.behaviour.crm = () => forbidden;
		await post(1);
		const unknown = newLeadId(app.now);
		const { code, notes } = await tool(`retry ${parked} ${unknown}`);
		expect(code).toBe(1);
		expect(notes).toContain(`${parked}: the delivery to email is delivered, it does not wait; the delivery to crm is parked`);
		expect(notes).toContain(`npm run leads -- replay ${parked} --destination crm`);
		expect(notes).toContain(`${unknown}: there is no lead under this id in the test journal`);
		expect(await cooldownOf()).toMatchObject({ until: expect.any(Number), code: '403' });
		expect((await cooldownOf())?.until).toBeGreaterThan(app.now);
	});

	it('lets a mail that may have been sent wait, unless its lead is named', async () => {
		app.behaviour.email = () => ({ kind: 'transient', code: '504', reason: 'late', maybeDone: true });
		const [lead = ''] = await post(1);
		const all = await tool('retry --destination email');
		expect(all.notes).toContain('may have been sent');
		expect(all.code).toBe(1);
		expect(await tool(`retry ${lead} --destination email`)).toMatchObject({ code: 0 });
		expect((await app.find(lead))?.deliveries.email?.due).toBe(app.now);
	});

	it('does not touch an attempt that is under way', async () => {
		const lead = await app.post();
		app.behaviour.crm = async () => {
			expect((await tool(`retry ${lead} --destination crm`)).notes).toContain('is under way');
			return delivered;
		};
		await app.deliver(lead);
		expect(await crmOf(lead)).toMatchObject({ state: 'delivered', attempts: 1 });
	});

	it('makes pending again what was parked because every lead was refused alike, and lets another lead go first', async () => {
		app.behaviour.crm = () => refused;
		const leads = await post(4);
		expect(await statesOf(leads)).toEqual(['pending', 'pending', 'pending', 'pending']);
		await tool('retry');
		expect(rung.map(({ leadId }) => leadId)).toEqual([leads[3]]);
		repair();
		await listen();
		expect(await statesOf(leads)).toEqual(['delivered', 'delivered', 'delivered', 'delivered']);
	});

	it('does not end what holds the mails of an hour back', async () => {
		await begin({ ...workingSettings, EMAIL_MAX_PER_HOUR: '1' });
		await post(2);
		const { code, out } = await tool('retry --destination email');
		expect(code).toBe(0);
		expect(out).toContain('email: it still cools down');
		expect(await cooldownOf('email')).toMatchObject({ why: 'heldBack' });
		expect(rung).toEqual([]);
	});

	it('shows without doing, and tells as JSON', async () => {
		app.behaviour.crm = () => forbidden;
		const [lead] = await post(1);
		const until = new Date((await cooldownOf())?.until ?? 0).toISOString();
		expect((await tool('retry --dry-run')).out).toContain(`crm: 1 delivery would be tried now; its cooldown lasts until ${until} (403)`);
		expect((await tool('retry --dry-run --json --destination crm')).json()).toEqual({
			would: [{ destination: 'crm', cooldown: { until, why: 'configuration', code: '403' }, deliveries: 1 }],
			dryRun: true,
			refused: [],
		});
		expect((await tool('retry --destination crm --json --yes')).json()).toEqual({
			retried: [{ destination: 'crm', endedCooldown: { until, why: 'configuration', code: '403' }, due: [lead], rung: [lead] }],
			refused: [],
		});
	});

	it('says that nothing waits', async () => {
		expect(await tool('retry')).toMatchObject({ code: 1, out: '', notes: 'Nothing is waiting.\n' });
	});
});

it('what is replayed to a destination that cools down is told how to be tried now', async () => {
	app.behaviour.crm = () => ({ kind: 'permanent', code: '400', reason: 'no', remedy: 'look' });
	const [parked] = await post(1);
	app.behaviour.crm = () => forbidden;
	await post(1);
	const { notes } = await tool(`replay ${parked} --yes`);
	expect(notes).toMatch(/^crm is paused until .* \(403\)\. To try it now: npm run leads -- retry --destination crm$/m);
});
