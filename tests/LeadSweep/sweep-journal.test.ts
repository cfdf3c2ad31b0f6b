import { InvocationContext } from '@azure/functions';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { dutyMs } from '../../LeadSweep/sweep-deps.ts';
import { sweepJournal } from '../../LeadSweep/sweep-journal.ts';
import type { LogLine } from '../../shared/basics/log.ts';
import { newLeadId } from '../../shared/lead/lead-id.ts';
import type { Services } from '../../shared/services.ts';
import { readSettings } from '../../shared/settings/read-settings.ts';
import { sendMessage } from '../../shared/storage/messages.ts';
import { type App, openApp, unavailable, workingSettings } from '../support/app.ts';
import { payload } from '../support/payload.ts';
import { startTestStorage, type TestStorage } from '../support/storage.ts';

const second = 1000;
const minute = 60 * second;

let storage: TestStorage;
let app: App;

beforeAll(async () => {
	storage = await startTestStorage();
});
afterAll(() => storage.stop());
beforeEach(async () => {
	app = await openApp(storage.connectionString);
});

/** One run of the sweep; the lines it logs. */
async function sweep(more: Partial<Services> = {}): Promise<LogLine[]> {
	const lines: LogLine[] = [];
	const logHandler = (_level: unknown, text: unknown) => lines.push(JSON.parse(String(text)));
	const timer = { isPastDue: false, schedule: { adjustForDST: true }, scheduleStatus: { last: '', next: '', lastUpdated: '' } };
	await sweepJournal({ ...app.services, ...more })(timer, new InvocationContext({ functionName: 'LeadSweep', logHandler }));
	return lines;
}
const withSettings = (environment: Record<string, string>) => ({
	settings: readSettings({ ...environment, AzureWebJobsStorage: storage.connectionString }),
});
const put = async (queue: string, text: string) =>
	sendMessage(await app.services.queue(queue), text, { signal: AbortSignal.timeout(20_000) });

describe('the sweep', () => {
	it('rings a lead whose bell was lost, when its due time has passed by an attempt', async () => {
		const leadId = await app.post();
		await app.hearBells();
		app.now += 59 * second;
		await sweep();
		expect(await app.hearBells()).toEqual([]);
		app.now += second;
		await sweep();
		expect(await app.hearBells()).toEqual([leadId]);
	});

	it('rings nothing for a destination that cools down, and one lead to probe it afterwards', async () => {
		app.behaviour.crm = () => ({ ...unavailable, retryAfterMs: 60 * minute });
		const leads = [await app.post()];
		app.now += 1;
		leads.push(await app.post());
		for (const leadId of leads) await app.deliver(leadId);
		await app.hearBells();
		app.now += 30 * minute;
		await sweep();
		expect(await app.hearBells()).toEqual([]);
		app.now += 40 * minute;
		await sweep();
		// The first is due since the rest ended, the second since it came.
		expect(await app.hearBells()).toEqual([leads[1]]);
	});

	it('gives an undecided lead its deliveries when the setting is mended', async () => {
		app = await openApp(storage.connectionString, {});
		const leadId = await app.post();
		await sweep();
		expect((await app.find(leadId))?.deliveries).toEqual({});
		const halfMended = withSettings({ ...workingSettings, LEAD_DESTINATIONS: 'crm;fax' });
		await sweep(halfMended);
		await sweep(halfMended);
		expect(await app.find(leadId)).toMatchObject({ undecided: true, deliveries: { crm: { state: 'pending' } } });
		expect(await app.hearBells()).toEqual([leadId]);
		await sweep(withSettings(workingSettings));
		expect(await app.find(leadId)).toMatchObject({
			undecided: false,
			deliveries: { crm: { state: 'pending' }, email: { state: 'pending' } },
		});
	});

	it('drains the spill into the journal, once also when a message comes again', async () => {
		const refused = async () => Promise.reject(Object.assign(new Error('no table'), { statusCode: 503 }));
		const { takeReceipt } = await import('../../LeadIntake/take-receipt.ts');
		const receipt = {
			leadId: '01a0b0c0-d0e0-7000-8000-000000000001',
			receivedAt: app.now,
			payload: Buffer.from('{"OfferTitle":"Contoso"}'),
		};
		for (const _ of [1, 2]) await takeReceipt(receipt, { ...app.deliveryDeps, spill: app.services.spill, journal: refused });
		const lines = await sweep();
		expect(lines.filter(({ event }) => event === 'spill.drained')).toMatchObject([{ status: 'accepted' }, { status: 'accepted' }]);
		expect(await app.find(receipt.leadId)).toMatchObject({ receipts: 1, deliveries: { email: { state: 'pending' } } });
		expect(lines.at(-1)).toMatchObject({ event: 'journal.checked', spilled: 0, pending: 2 });
	});

	it('tells of a spilled duplicate whose it is, and what its sender was told', async () => {
		const { takeReceipt } = await import('../../LeadIntake/take-receipt.ts');
		const first = await app.post();
		const id = '01a0b0c0-d0e0-7000-8000-000000000001';
		const receipt = { leadId: id, receivedAt: app.now, payload: (await app.find(first))?.payload ?? Buffer.alloc(0) };
		await takeReceipt(receipt, { ...app.deliveryDeps, spill: app.services.spill, journal: async () => Promise.reject(new Error('no')) });
		const lines = await sweep();
		expect(lines.filter(({ event }) => event === 'spill.drained')).toMatchObject([{ id, leadId: first, status: 'duplicate' }]);
	});

	it('decides and drains on while bells fail: the journal is the truth', async () => {
		app = await openApp(storage.connectionString, {});
		const leads = [await app.post(), await app.post()];
		const { takeReceipt } = await import('../../LeadIntake/take-receipt.ts');
		for (const digit of [1, 2]) {
			const leadId = `01a0b0c0-d0e0-7000-8000-00000000000${digit}`;
			const receipt = { leadId, receivedAt: app.now, payload: Buffer.from(`{"OfferTitle":"Contoso ${digit}"}`) };
			await takeReceipt(receipt, { ...app.deliveryDeps, spill: app.services.spill, journal: async () => Promise.reject(new Error('no')) });
			leads.push(leadId);
		}
		let rung = 0;
		const bell = async () => async () => {
			rung++;
			throw Object.assign(new Error('no'), { statusCode: 503 });
		};
		const lines = await sweep({ ...withSettings(workingSettings), bell });
		const found = await Promise.all(leads.map((leadId) => app.find(leadId)));
		expect(found.map((lead) => Object.keys(lead?.deliveries ?? {}).length)).toEqual([2, 2, 2, 2]);
		expect(lines.filter(({ event }) => /spill|bell|failed/.test(event)).map(({ event, bell, code }) => [event, bell ?? code])).toEqual([
			['spill.drained', '503 Error'],
			['spill.drained', '503 Error'],
			['bell.failed', '503 Error'],
			['bell.failed', '503 Error'],
		]);
		// One bell each for the two duties: a queue that hangs does not take the run's time.
		expect(rung).toBe(2);
	});

	it('decides by a rule or a policy alone, while LEAD_DESTINATIONS is missing', async () => {
		app = await openApp(storage.connectionString, {});
		const [byRule, kept, open] = [
			await app.post(payload({ OfferTitle: 'By rule' })),
			await app.post(payload({ OfferTitle: 'Kept' })),
			await app.post(),
		];
		const LEAD_ROUTES = JSON.stringify([
			{ when: { offer: 'by rule' }, choose: { destinations: 'crm' } },
			{ when: { offer: 'kept' }, choose: { journalOnly: true } },
		]);
		await sweep(withSettings({ LEAD_ROUTES }));
		expect(await app.find(byRule)).toMatchObject({ undecided: false, deliveries: { crm: { state: 'pending' } } });
		expect(await app.find(kept)).toMatchObject({ undecided: false, deliveries: {}, journalOnly: 'rule 2' });
		expect(await app.find(open)).toMatchObject({ undecided: true, deliveries: {} });
		expect(await app.hearBells()).toEqual([byRule]);
	});

	it('keeps a spilled message that it cannot read as rejected', async () => {
		await put('spill', 'somebody was here');
		await put('spill', JSON.stringify({ spill: { leadId: 'x' } }));
		expect((await sweep()).at(-1)).toMatchObject({ event: 'journal.checked', rejected: 2, spilled: 0 });
	});

	it('takes a lead that was spilled while the clock was a year ahead as one of now: it was answered 202', async () => {
		const ahead = app.now + 365 * 24 * 60 * minute;
		const payload = Buffer.from('{"OfferTitle":"of the future"}').toString('base64');
		await put('spill', JSON.stringify({ spill: { v: 1, leadId: newLeadId(ahead), receivedAt: ahead, payload } }));
		const lines = await sweep();
		expect(lines.at(-1)).toMatchObject({ event: 'journal.checked', rejected: 0, spilled: 0, pending: 2 });
		const leadId = String(lines.find(({ event }) => event === 'spill.drained')?.leadId);
		await app.deliver(leadId);
		expect(await app.find(leadId)).toMatchObject({ receivedAt: app.now, deliveries: { crm: { state: 'delivered' } } });
	});

	it('stops a duty for which storage is too slow, so that the others and the report have their time', async () => {
		const message = (title: string) =>
			JSON.stringify({
				spill: {
					v: 1,
					leadId: newLeadId(app.now),
					receivedAt: app.now,
					payload: Buffer.from(`{"OfferTitle":"${title}"}`).toString('base64'),
				},
			});
		for (const title of ['one', 'two', 'three']) await put('spill', message(title));
		const over = new AbortController();
		const { accept, ...others } = await app.services.journal();
		const slow = { ...others, accept: (...given: Parameters<typeof accept>) => accept(...given).finally(() => over.abort()) };
		const deadline = (ms: number) => (ms === dutyMs ? over.signal : AbortSignal.timeout(20_000));
		const lines = await sweep({ deadline, journal: async () => slow });
		expect(lines.filter(({ event }) => event === 'spill.drained')).toHaveLength(1);
		expect(lines.at(-1)).toMatchObject({ event: 'journal.checked', spilled: 2, pending: 2 });
	});

	it('decides an undecided lead although one before it cannot be read', async () => {
		app = await openApp(storage.connectionString, {});
		const broken = await app.post();
		app.now += 1;
		const leadId = await app.post();
		const { find, ...others } = await app.services.journal();
		const journal = async () => ({
			...others,
			find: async (id: string, signal: AbortSignal) => (id === broken ? Promise.reject(new SyntaxError('no row')) : find(id, signal)),
		});
		const lines = await sweep({ ...withSettings(workingSettings), journal: journal as never });
		expect(lines).toContainEqual(expect.objectContaining({ event: 'sweep.failed', duty: 'decideUndecided' }));
		expect(await app.find(leadId)).toMatchObject({ undecided: false, deliveries: { crm: { state: 'pending' } } });
	});

	it('keeps what was spilled and is no lead, whatever the cap of the day: its sender may have been answered 202', async () => {
		const message = (more: object) => {
			const spill = { leadId: newLeadId(app.now), receivedAt: app.now, payload: Buffer.from('[]').toString('base64'), ...more };
			return JSON.stringify({ spill });
		};
		for (const more of [{}, { refused: true }]) await put('spill', message(more));
		const journal = await app.services.journal();
		const asked: unknown[] = [];
		const reject: typeof journal.reject = async ({ mustKeep }) => {
			asked.push(mustKeep);
			return mustKeep ? 'kept' : 'counted';
		};
		const lines = await sweep({ journal: async () => ({ ...journal, reject }) });
		expect(asked.sort()).toEqual([false, true]);
		const drained = lines.filter(({ event }) => event === 'spill.drained').map(({ status }) => status);
		expect(drained.sort()).toEqual(['counted', 'rejected']);
	});

	it('reports how many rejected payloads were not kept since the oldest that is open', async () => {
		const count = async (day: string, notKept: number) =>
			app.table.createEntity({ partitionKey: 'journal', rowKey: `u|${day}|${newLeadId(1)}`, v: 1, notKept });
		const today = new Date(app.now).toISOString().slice(0, 10);
		await app.post();
		await count('2026-01-01', 100);
		await count(today, 7);
		await count(today, 5);
		expect((await sweep()).at(-1)).toMatchObject({ rejected: 0, rejectedNotKept: 0 });
		await app.post([] as never);
		expect((await sweep()).at(-1)).toMatchObject({ rejected: 1, rejectedNotKept: 12 });
	});

	it('rings again for poison messages, and drops those that are no bells', async () => {
		const leadId = await app.post();
		await app.hearBells();
		for (const text of [JSON.stringify({ bell: { leadId } }), 'no bell', '{"bell":7}']) await put('bells-poison', text);
		await sweep();
		expect(await app.hearBells()).toEqual([leadId]);
		expect(await (await app.services.queue('bells-poison')).count(AbortSignal.timeout(20_000))).toBe(0);
	});

	it('tells since when the journal exists, from its first run on', async () => {
		const began = new Date(app.now).toISOString();
		await sweep();
		app.now += 3 * 24 * 60 * minute;
		expect((await sweep()).at(-1)).toMatchObject({ event: 'journal.checked', journalSince: began });
	});

	it('reports the state that alerts read', async () => {
		app.behaviour.crm = () => ({ kind: 'permanent', code: '400', reason: 'no', remedy: 'do' });
		app.behaviour.email = () => ({
			kind: 'configuration',
			code: '403',
			reason: 'no',
			remedy: 'do',
			names: ['Application Mail.Send for EMAIL_FROM'],
		});
		const leadId = await app.post();
		await app.deliver(leadId);
		await app.post([] as never);
		app.now += 10 * minute;
		expect((await sweep(withSettings({ ...workingSettings, LEAD_RETENTION: 'long' }))).at(-1)).toEqual({
			event: 'journal.checked',
			pending: 1,
			oldestPendingMs: 10 * minute,
			undecided: 0,
			misconfigured: ['LEAD_RETENTION', 'Application Mail.Send for EMAIL_FROM'],
			blocking: ['Application Mail.Send for EMAIL_FROM'],
			heldBack: 0,
			parked: 1,
			rejected: 1,
			rejectedNotKept: 0,
			spilled: 0,
			lastLeadAt: new Date(app.now - 10 * minute).toISOString(),
			journalSince: new Date(app.now).toISOString(),
		});
	});

	const refused = async () => Promise.reject(Object.assign(new Error('no'), { statusCode: 403 }));
	const checkedIn = (lines: LogLine[]) => lines.find(({ event }) => event === 'journal.checked');

	it('reports what can be read without a table role, and names the role', async () => {
		await put('spill', 'somebody was here');
		const lines = await sweep({ journal: refused });
		const role = 'Storage Table Data Contributor for AzureWebJobsStorage';
		expect(JSON.parse(JSON.stringify(checkedIn(lines)))).toEqual({
			event: 'journal.checked',
			misconfigured: [role],
			blocking: [role],
			spilled: 1,
			unread: ['lastLeadAt', 'journalSince', 'undecided', 'parked', 'rejected', 'pending', 'heldBack'],
		});
		expect(lines).toContainEqual(expect.objectContaining({ event: 'delivery.misconfigured', names: [role] }));
		expect(lines.at(-1)).toMatchObject({ event: 'sweep.failed', duty: 'reportJournal', code: '403 Error' });
	});

	it('reports what can be read without a queue role, and names the role', async () => {
		await app.post();
		const role = 'Storage Queue Data Contributor for AzureWebJobsStorage';
		const checked = checkedIn(await sweep({ queue: refused }));
		expect(checked).toMatchObject({ pending: 2, parked: 0, misconfigured: [role], blocking: [role], unread: ['spilled'] });
		expect(checked?.spilled).toBeUndefined();
	});

	it('reports nothing of the journal as nothing when storage fails: it is unread', async () => {
		const broken = async () => Promise.reject(Object.assign(new Error('no'), { statusCode: 500 }));
		const checked = checkedIn(await sweep({ journal: broken, queue: broken }));
		expect(checked).toMatchObject({ misconfigured: [], unread: expect.arrayContaining(['pending', 'spilled', 'parked']) });
		expect([checked?.pending, checked?.oldestPendingMs, checked?.heldBack]).toEqual([undefined, undefined, undefined]);
	});

	it('tells what holds leads back from what a default serves for, and names the rule at fault', async () => {
		const lines = await sweep(
			withSettings({
				...workingSettings,
				LEAD_DESTINATIONS: 'email',
				EMAIL_FROM: '',
				EMAIL_LOCALE: 'xx-nowhere-at-all',
				DATAVERSE_URL: 'nowhere',
				LEAD_ROUTES: '[{"when":{},"choose":{"to":"a@contoso.example"}},{"when":{"ofer":"x"},"choose":{"to":"a@contoso.example"}}]',
			}),
		);
		expect(checkedIn(lines)).toMatchObject({
			misconfigured: expect.arrayContaining(['EMAIL_FROM', 'EMAIL_LOCALE', 'DATAVERSE_URL', 'LEAD_ROUTES rule 2']),
			blocking: ['EMAIL_FROM'],
		});
		expect(lines).toContainEqual(expect.objectContaining({ event: 'delivery.misconfigured', names: ['LEAD_ROUTES rule 2'] }));
	});

	it('does its other duties when one fails', async () => {
		await app.post();
		const queue: Services['queue'] = async (name) =>
			name === 'bells' ? Promise.reject(Object.assign(new Error('no'), { statusCode: 403 })) : app.services.queue(name);
		const lines = await sweep({ queue });
		expect(lines).toMatchObject([
			{ event: 'sweep.failed', duty: 'ringOverdue', code: '403 Error' },
			{ event: 'journal.checked', pending: 2 },
		]);
	});

	it('complains about every wrong setting in every run', async () => {
		expect(await sweep(withSettings({ LEAD_DESTINATIONS: 'fax' }))).toContainEqual(
			expect.objectContaining({ event: 'delivery.misconfigured', names: ['LEAD_DESTINATIONS'] }),
		);
	});

	it('doubts rules that can never match, also by the names of countries', async () => {
		const rules = ['Germny', 'DE', 'DE', 'Germany'].map((country) => ({ when: { country }, choose: {} }));
		const lines = await sweep(withSettings({ ...workingSettings, LEAD_ROUTES: JSON.stringify(rules) }));
		expect(lines.filter(({ event }) => event === 'setting.doubted')).toMatchObject(
			['rule 3: can never match', 'rule 1: `when.country`', 'rule 4: can never match'].map((problem) => ({
				names: [`LEAD_ROUTES ${problem.slice(0, 6)}`],
				problem: expect.stringContaining(problem),
			})),
		);
	});
});
