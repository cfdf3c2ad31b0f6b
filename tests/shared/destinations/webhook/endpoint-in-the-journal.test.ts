import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createCooldowns } from '../../../../LeadDelivery/cooldowns.ts';
import { deliverLead } from '../../../../LeadDelivery/deliver-lead.ts';
import { purgeExpired } from '../../../../LeadSweep/purge-expired.ts';
import { reportJournal } from '../../../../LeadSweep/report-journal.ts';
import { ringOverdue } from '../../../../LeadSweep/ring-overdue.ts';
import { createTableJournal } from '../../../../shared/journal/table/table-journal.ts';
import { readSettings } from '../../../../shared/settings/read-settings.ts';
import { type App, delivered, openApp, unavailable, workingSettings } from '../../../support/app.ts';
import { runTool } from '../../../support/leads-tool.ts';
import { startTestStorage, type TestStorage } from '../../../support/storage.ts';

const { DATAVERSE_URL: _url, ...mailing } = workingSettings;
const withEndpoint = {
	...mailing,
	LEAD_DESTINATIONS: 'email;webhook:sales',
	WEBHOOK_SALES_URL: 'https://leads.contoso.example/hook?sig=s3cret',
};
const withoutEndpoint = { ...mailing, LEAD_DESTINATIONS: 'email' };
const signal = () => AbortSignal.timeout(20_000);
const day = 86_400_000;

let storage: TestStorage;
let app: App;
beforeAll(async () => {
	storage = await startTestStorage();
}, 30_000);
afterAll(() => storage.stop());
beforeEach(async () => {
	app = await openApp(storage.connectionString, withEndpoint);
	app.behaviour['webhook:sales'] = () => delivered;
});

/** The same journal, seen by an app whose settings name no endpoint (any more). */
function withoutTheEndpoint() {
	const settings = readSettings({ ...withoutEndpoint, AzureWebJobsStorage: storage.connectionString });
	const deps = { ...app.deliveryDeps, settings };
	return {
		settings,
		deliver: (leadId: string) => deliverLead(leadId, { ...deps, cooldowns: createCooldowns(deps) }),
		sweep: { ...app.sweepDeps, settings },
	};
}
const journal = () => app.services.journal();

describe('an endpoint', () => {
	it('has a delivery of its own, whose trouble neither repeats nor delays the others', async () => {
		app.behaviour['webhook:sales'] = () => unavailable;
		const leadId = await app.post();
		await app.deliver(leadId);
		expect((await app.find(leadId))?.deliveries).toMatchObject({
			email: { state: 'delivered' },
			'webhook:sales': { state: 'pending', attempts: 1 },
		});
		app.behaviour['webhook:sales'] = () => delivered;
		app.now += day;
		await app.deliver(leadId);
		expect((await app.find(leadId))?.deliveries['webhook:sales']).toMatchObject({ state: 'delivered' });
		expect(app.calls.map(({ destination }) => destination)).toEqual(['email', 'webhook:sales', 'webhook:sales']);
	});

	it('has a column that the table takes, and its name is kept once', async () => {
		const leadId = await app.post();
		await app.post();
		const rows: Record<string, unknown>[] = [];
		for await (const row of app.table.listEntities()) rows.push(row as Record<string, unknown>);
		const lead = rows.find(({ rowKey }) => String(rowKey).startsWith('l|') && String(rowKey).endsWith(leadId));
		expect(JSON.parse(String(lead?.webhook_sales))).toMatchObject({ state: 'pending' });
		expect(rows.filter(({ rowKey }) => rowKey === 'd|')).toMatchObject([{ webhook_sales: true }]);
		expect(await (await journal()).named(signal())).toEqual(['webhook:sales']);
	});

	it('is listed, shown, exported and counted under its name', async () => {
		const leadId = await app.post();
		await app.deliver(leadId);
		expect((await runTool(app, 'list --destination webhook:sales --json')).json().leads).toHaveLength(1);
		expect((await runTool(app, `show ${leadId}`)).out).toMatch(/^webhook:sales: delivered/m);
		expect((await runTool(app, 'export --format csv')).out).toContain('webhook:salesState');
		await runTool(app, `erase ${leadId} --yes`);
		const today = new Date(app.now).toISOString().slice(0, 10);
		const [counted] = await (await journal()).counts({ first: today, last: today }, signal());
		expect(counted?.counts).toMatchObject({ received: 1, email: 1, 'webhook:sales': 1 });
	});

	it('is named when a lead is erased, with what it was sent and when, as it may have it still', async () => {
		const leadId = await app.post();
		await app.deliver(leadId);
		app.behaviour['webhook:sales'] = () => ({ kind: 'transient', code: '500', reason: 'x', maybeDone: true });
		const unsure = await app.post();
		await app.deliver(unsure);
		const dry = await runTool(app, `erase ${leadId} --dry-run`);
		expect(dry.notes).toContain(`${leadId}: webhook:sales has it since 2026-09-21 14:13:20 UTC (proof): delete it there.`);
		expect((await runTool(app, `erase ${unsure} --yes`)).notes).toContain(
			`${unsure}: webhook:sales may have it since 2026-09-21 14:13:20 UTC: delete it there.`,
		);
		const { sentTo } = (await runTool(app, 'erase --email ada.lovelace@example.com --yes --json')).json();
		expect(sentTo).toEqual([{ leadId, destination: 'webhook:sales', at: '2026-09-21T14:13:20.000Z', proof: 'proof' }]);
	});

	it('of a mistyped name is not found, and the right one is named', async () => {
		await app.post();
		const { code, notes } = await runTool(app, 'list --destination webhook:salse');
		expect([code, notes]).toEqual([2, '--destination: no lead in the journal went to webhook:salse. Did you mean webhook:sales?\n']);
	});
});

describe('an endpoint that no setting names any more', () => {
	it('is waited for with a sentence, calls no one and parks nothing; set again, it is delivered to', async () => {
		app.behaviour['webhook:sales'] = () => unavailable;
		const leadId = await app.post();
		await app.deliver(leadId);
		app.now += 60_000;
		await withoutTheEndpoint().deliver(leadId);
		const waiting = (await app.find(leadId))?.deliveries['webhook:sales'];
		expect(waiting).toMatchObject({ state: 'pending', remedy: expect.stringMatching(/^Set WEBHOOK_SALES_URL again; or close what waits/) });
		expect(waiting?.recent.at(-1)).toMatchObject({
			outcome: 'configuration',
			code: 'settings',
			reason: 'webhook:sales is no destination, because WEBHOOK_SALES_URL is missing',
		});
		expect(app.calls.filter(({ destination }) => destination === 'webhook:sales')).toHaveLength(1);
		app.behaviour['webhook:sales'] = () => delivered;
		app.now += day;
		await ringOverdue(app.sweepDeps);
		await app.deliver(leadId);
		expect((await app.find(leadId))?.deliveries['webhook:sales']?.state).toBe('delivered');
	});

	it('is still seen: in the list, and in what the sweep counts', async () => {
		const leadId = await app.post();
		const other = withoutTheEndpoint();
		await other.deliver(leadId);
		await reportJournal(other.sweep);
		expect(app.events('journal.checked').at(-1)).toMatchObject({ pending: 1, misconfigured: ['WEBHOOK_SALES_URL'] });
		expect((await runTool(app, 'list --state pending --destination webhook:sales --json')).json().leads).toHaveLength(1);
	});

	it('has deliveries that can be closed, all of them and only they', async () => {
		app.behaviour.email = () => unavailable;
		const leadId = await app.post();
		await withoutTheEndpoint().deliver(leadId);
		const refused = await runTool(app, 'close --state pending --yes');
		expect([refused.code, refused.notes]).toEqual([2, expect.stringContaining('name its destination with --destination')]);
		expect((await runTool(app, 'close --state pending --destination webhook:sales --yes')).out).toContain('1 delivery of 1 lead closed');
		expect((await app.find(leadId))?.deliveries).toMatchObject({ email: { state: 'pending' }, 'webhook:sales': { state: 'closed' } });
		expect(await (await journal()).tickets('webhook:sales', { until: Number.MAX_SAFE_INTEGER, most: 9 }, signal())).toEqual([]);
	});

	it('keeps no lead from being purged', async () => {
		app.behaviour['webhook:sales'] = () => unavailable;
		const leadId = await app.post();
		await app.deliver(leadId);
		app.now += 181 * day;
		expect(await purgeExpired(app.sweepDeps)).toBe(0);
		expect(await purgeExpired(withoutTheEndpoint().sweep)).toBe(1);
		expect(await app.find(leadId)).toBeUndefined();
		expect(await (await journal()).tickets('webhook:sales', { until: Number.MAX_SAFE_INTEGER, most: 9 }, signal())).toEqual([]);
	});

	it('is read by a journal that was never told of it', async () => {
		const leadId = await app.post();
		const bare = createTableJournal(app.storageTable, ['email', 'crm']);
		expect((await bare.find(leadId, signal()))?.deliveries).toHaveProperty('webhook:sales');
		const { items } = await bare.leads({ since: 0, until: Number.MAX_SAFE_INTEGER }, { most: 9 }, signal());
		expect(Object.keys(items[0]?.deliveries ?? {})).toEqual(['email', 'webhook:sales']);
	});
});

describe('leads send', () => {
	const before = async () => {
		const settings = readSettings({ ...withoutEndpoint, AzureWebJobsStorage: storage.connectionString });
		Object.assign(app.services, { settings });
		return [await app.post(), await app.post()] as const;
	};

	it('gives leads that came before it a delivery to a new endpoint, once', async () => {
		const [first, second] = await before();
		const dry = await runTool(app, 'send --to webhook:sales --since P1D --dry-run');
		expect([dry.code, dry.notes]).toEqual([
			0,
			expect.stringMatching(
				/No lead went to webhook:sales yet\. Leads wait there until the app has WEBHOOK_SALES_URL\.\n(.|\n)*would send to webhook:sales 2 leads/,
			),
		]);
		expect((await app.find(first))?.deliveries).not.toHaveProperty('webhook:sales');
		expect((await runTool(app, 'send --to webhook:sales --since P1D --yes')).out).toContain('2 deliveries of 2 leads queued');
		expect((await app.hearBells()).filter((id) => [first, second].includes(id)).length).toBeGreaterThanOrEqual(2);
		await app.deliver(first);
		expect((await app.find(first))?.deliveries['webhook:sales']?.state).toBe('delivered');
		const again = await runTool(app, 'send --to webhook:sales --since P1D --yes');
		expect([again.code, again.notes]).toEqual([1, 'Nothing matches.\n']);
	});

	it('leaves what is for the journal only, and takes no name that no endpoint can have', async () => {
		Object.assign(app.services, { settings: readSettings({ ...withoutEndpoint, AzureWebJobsStorage: storage.connectionString }) });
		await app.post({ UserDetails: { Email: 'a@b.example' }, ActionCode: 'DNC', LeadSource: 'SPZA' });
		const { notes } = await runTool(app, 'send --to webhook:sales --since P1D --yes');
		expect(notes).toContain('it is for the journal only');
		for (const to of ['webhook:Sales_EU', 'webhook:', 'teams', 'webhook:1'])
			expect(await runTool(app, `send --to ${to} --since P1D --yes`)).toMatchObject({
				code: 2,
				notes: expect.stringContaining('--to takes email, crm'),
			});
		expect((await runTool(app, 'send --to webhook:sales')).notes).toContain('Say how far back with --since');
	});
});
