import { readFileSync } from 'node:fs';
import { HttpRequest, InvocationContext } from '@azure/functions';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serveBoard } from '../../LeadBoard/serve-board.ts';
import { answerBell } from '../../LeadDelivery/answer-bell.ts';
import { reportHealth } from '../../LeadHealth/report-health.ts';
import { receiveLead } from '../../LeadIntake/receive-lead.ts';
import { takeReceipt } from '../../LeadIntake/take-receipt.ts';
import { sweepJournal } from '../../LeadSweep/sweep-journal.ts';
import { leadKey, partition } from '../../shared/journal/table/row-keys.ts';
import { eraseById } from '../../shared/operate/erase-by-id.ts';
import { replayLead } from '../../shared/operate/replay-lead.ts';
import { toBell } from '../../shared/queues/bell.ts';
import type { Services } from '../../shared/services.ts';
import { readSettings } from '../../shared/settings/read-settings.ts';
import { sendMessage } from '../../shared/storage/messages.ts';
import { type App, type Behaviour, delivered, openApp, workingSettings } from '../support/app.ts';
import { openBoard } from '../support/open-board.ts';
import { payload } from '../support/payload.ts';
import { startTestStorage, type TestStorage } from '../support/storage.ts';

/** Stands in every place where personal data can be. */
const mark = 'zq7person';
const personal = payload({
	UserDetails: {
		FirstName: `${mark}First`,
		LastName: `${mark}Last`,
		Email: `${mark}@contoso.example`,
		Phone: `${mark}123`,
		Country: mark,
		Company: `${mark} Ltd`,
		Title: mark,
		[`${mark}Member`]: mark,
	},
	LeadSource: `${mark}-INS|${mark}.${mark}`,
	ActionCode: mark,
	OfferTitle: `${mark} offer`,
	Description: JSON.stringify({ mktcmpid: mark }),
});

let storage: TestStorage;
let app: App;
/** Everything that was logged so far. */
const lines: string[] = [];

beforeAll(async () => {
	storage = await startTestStorage();
	for (const happens of [aLeadsWay, nothingWorks, anUnluckyHour, everyLeadRefused, whatPeopleAndTimeBring]) {
		app = await openApp(storage.connectionString);
		await happens();
		lines.push(...app.lines.map((line) => JSON.stringify(line)));
	}
}, 60_000);
afterAll(() => storage.stop());

const context = (functionName: string) =>
	new InvocationContext({ functionName, logHandler: (_level, ...parts) => void lines.push(parts.map(String).join(' ')) });
const broken = async () => Promise.reject(Object.assign(new Error(`${mark} in a message`), { statusCode: 500, code: 'InternalError' }));
const hear = (services: Services) => {
	const answer = answerBell(services);
	return async (...leadIds: string[]) => answer(toBell(leadIds), context('LeadDelivery'));
};
const sweep = (services: Services) => sweepJournal(services)({} as never, context('LeadSweep'));
const withSettings = (more: Record<string, string>) =>
	readSettings({ ...workingSettings, AzureWebJobsStorage: storage.connectionString, ...more });
/** Posts a lead that nobody posted before, of the same person. */
const post = () => app.post({ ...personal, OfferTitle: `${mark} ${++app.now}` });

/** Deliveries that work and fail, a duplicate, what is no lead, storage that fails, messages made by hand, wrong settings. */
async function aLeadsWay(): Promise<void> {
	const failures: Behaviour[] = [
		() => delivered,
		() => ({ kind: 'transient', code: '503', reason: `${mark} is busy` }),
		() => ({
			kind: 'permanent',
			code: '400 ErrorInvalidRecipients',
			reason: `${mark}@contoso.example is refused`,
			remedy: `ask ${mark}`,
		}),
		() => ({ kind: 'configuration', code: '403', reason: mark, remedy: mark, names: ['EMAIL_FROM'] }),
		() => Promise.reject(new Error(`${mark} was thrown`)),
	];
	for (const behaviour of failures) {
		app.behaviour = { email: behaviour, crm: behaviour };
		app.now += 3_600_000;
		const leadId = await app.post({ ...personal, OfferTitle: `${mark} ${app.now}` });
		await app.post({ ...personal, OfferTitle: `${mark} ${app.now}` });
		await hear(app.services)(leadId);
	}
	await app.post([mark] as never);
	const receipt = { leadId: '01a0b0c0-d0e0-7000-8000-000000000001', receivedAt: app.now, payload: Buffer.from(JSON.stringify(personal)) };
	await takeReceipt(receipt, { ...app.deliveryDeps, journal: broken });
	await takeReceipt(receipt, { ...app.deliveryDeps, journal: broken, spill: broken });
	await takeReceipt({ ...receipt, payload: Buffer.from(JSON.stringify({ Email: `${mark}\xeb` }), 'latin1') }, app.deliveryDeps);
	for (const queue of ['spill', 'bells-poison'])
		await sendMessage(await app.services.queue(queue), `${mark} by hand`, { signal: AbortSignal.timeout(9000) });
	await answerBell(app.services)(`${mark} is no bell`, context('LeadDelivery'));
	await sweep(app.services);
	await sweep({ ...app.services, journal: broken });
	await sweep({
		...app.services,
		settings: withSettings({ EMAIL_TO: mark, LEAD_DESTINATIONS: mark, GRAPH_BASE_URL: mark }),
	});
}

/** Functions whose services fail altogether. */
async function nothingWorks(): Promise<void> {
	const fail = (): never => {
		throw Object.assign(new Error(`${mark} in a message`), { code: 'InternalError' });
	};
	const services = { ...app.services, clock: fail, deadline: fail };
	const body = { bytes: Buffer.from(JSON.stringify(personal)) };
	await receiveLead(services)(new HttpRequest({ method: 'POST', url: `http://127.0.0.1/${mark}`, body }), context('LeadIntake'));
	await reportHealth(services, {})(new HttpRequest({ method: 'GET', url: `http://127.0.0.1/${mark}` }), context('LeadHealth'));
	const toBoard = () =>
		new HttpRequest({ method: 'GET', url: `http://127.0.0.1/board/${mark}`, headers: { 'x-ms-client-principal': mark } });
	await serveBoard(app.services, {})(toBoard(), context('LeadBoard'));
	const withoutSettings = {
		...services,
		get settings() {
			return fail();
		},
	};
	await serveBoard(withoutSettings, {})(toBoard(), context('LeadBoard'));
	// Someone acts on a lead that says the mark, with a note that does.
	const leadId = await post();
	const before = app.lines.length;
	const board = await openBoard(app);
	for (const destination of ['', mark]) {
		const form = new URLSearchParams({ action: 'retry', id: leadId, destination, note: mark, text: mark });
		await board.ask('/board/act', { method: 'POST', body: form });
		const body = JSON.stringify({ action: 'send', to: destination || 'crm', ids: [leadId], note: mark, text: mark });
		for (const path of ['acts', 'leads/search', mark])
			await board.ask(`/api/board/${path}`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
	}
	await board.ask('/board/export?format=csv');
	board.close();
	lines.push(...app.lines.slice(before).map((line) => JSON.stringify(line)));
}

/** Too many mails, a journal that fails in part, bells that cannot be rung. */
async function anUnluckyHour(): Promise<void> {
	const journal = await app.services.journal();
	const settings = withSettings({ EMAIL_MAX_PER_HOUR: '1', LEAD_SAME_PERSON: 'mention' });
	const unlucky = hear({
		...app.services,
		settings,
		bell: broken,
		journal: async () => ({ ...journal, earlierLeads: broken, writeCooldown: broken }),
	});
	app.behaviour.crm = () => ({ kind: 'transient', code: '503', reason: `${mark} is busy`, retryAfterMs: 1000 });
	await unlucky(await post());
	const heldBack = hear({ ...app.services, settings });
	for (const leadId of [await post(), await post()]) await heldBack(leadId);
	const [bad, good] = [await post(), await post()];
	const find = (leadId: string, signal: AbortSignal) => (leadId === bad ? broken() : journal.find(leadId, signal));
	await hear({ ...app.services, journal: async () => ({ ...journal, find }) })(bad, good);
}

/** Leads in a row that are refused alike. */
async function everyLeadRefused(): Promise<void> {
	const worker = hear(app.services);
	app.behaviour.crm = () => ({ kind: 'permanent', code: '400 0x1', reason: `${mark} is refused`, remedy: `ask ${mark}`, smallest: true });
	for (let leads = 0; leads < 4; leads++) await worker(await post());
}

/** Replay, erasure, a rule that never matches, purge. */
async function whatPeopleAndTimeBring(): Promise<void> {
	app.behaviour.crm = () => ({ kind: 'permanent', code: '400', reason: mark, remedy: mark });
	const [parked, erased] = [await post(), await post()];
	for (const leadId of [parked, erased]) await hear(app.services)(leadId);
	await replayLead(parked, { again: true }, app.services);
	await hear(app.services)(parked);
	await eraseById(erased, app.services);
	await hear(app.services)(erased);
	const strange = await post();
	const lead = { partitionKey: partition, rowKey: leadKey(strange) };
	await app.table.updateEntity({ ...lead, crm: JSON.stringify({ state: mark }) }, 'Merge');
	await hear(app.services)(strange);
	await app.post([mark] as never);
	app.behaviour.crm = () => delivered;
	await hear(app.services)(await post());
	app.now += 200 * 86_400_000;
	const routes = [
		{ when: {}, choose: { to: `${mark}@contoso.example` } },
		{ name: mark, when: { offer: mark }, choose: { to: `${mark}@contoso.example` } },
	];
	await sweep({ ...app.services, settings: withSettings({ LEAD_ROUTES: JSON.stringify(routes) }) });
}

describe('the log', () => {
	it('has told every event of docs/log-lines.md here', () => {
		const told = [...readFileSync('docs/log-lines.md', 'utf8').matchAll(/^\| `([a-z]+\.[a-zA-Z]+)` \|/gm)].map(([, event]) => event);
		expect([...new Set(lines.map((line) => JSON.parse(line).event))].sort()).toEqual(told.sort());
	});

	it('carries no personal data in any line', () => {
		expect(lines.filter((line) => line.includes(mark))).toEqual([]);
	});
});
