import { HttpRequest, InvocationContext } from '@azure/functions';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { answerBell } from '../../LeadDelivery/answer-bell.ts';
import { receiveLead } from '../../LeadIntake/receive-lead.ts';
import { sweepJournal } from '../../LeadSweep/sweep-journal.ts';
import { sandboxSettings } from '../../sandbox/sandbox-settings.ts';
import { type RunningSandbox, startSandbox } from '../../sandbox/start-sandbox.ts';
import { bellQueue } from '../../shared/queues/bell.ts';
import { openServices } from '../../shared/services.ts';
import { drainQueue } from '../../shared/storage/messages.ts';
import { payload } from '../support/payload.ts';
import { startTestStorage, type TestStorage } from '../support/storage.ts';
import { get } from './get.ts';

const minute = 60_000;
const identity = ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER'] as const;

let storage: TestStorage;
let sandbox: RunningSandbox;
let now = Date.now();

beforeAll(async () => {
	[storage, sandbox] = await Promise.all([startTestStorage(), startSandbox({ port: 0 })]);
	for (const name of identity) process.env[name] = sandboxSettings(sandbox.url)[name];
});
afterEach(async () => {
	await fetch(`${sandbox.url}/faults`, { method: 'DELETE' });
});
afterAll(async () => {
	for (const name of identity) delete process.env[name];
	await sandbox.close();
	await storage.stop();
});

/** A worker as it starts with these settings, without a host around it: real storage, real clients, the sandbox, and a clock that is moved. */
function startWorker(settings: Record<string, string> = {}) {
	const services = {
		...openServices({ ...sandboxSettings(sandbox.url), AzureWebJobsStorage: storage.connectionString, ...settings }),
		clock: () => now,
	};
	const lines: Record<string, unknown>[] = [];
	const logHandler = (_level: unknown, text: unknown) => void lines.push(JSON.parse(String(text)));
	const context = () => new InvocationContext({ logHandler });
	const [intake, bell, sweep] = [receiveLead(services), answerBell(services), sweepJournal(services)];
	return {
		lines,
		post: async (body: object) => {
			const request = new HttpRequest({ method: 'POST', url: 'http://127.0.0.1/api/leads', body: { string: JSON.stringify(body) } });
			const answer = (await intake(request, context())) as { status: number; body: string };
			return { status: answer.status, leadId: JSON.parse(answer.body).leadId };
		},
		/** What ten minutes bring: a sweep, and every bell that can be heard. */
		goOn: async () => {
			now += 10 * minute;
			await sweep({} as never, context());
			const deadline = () => AbortSignal.timeout(20_000);
			const hear = async (text: string) => void (await bell(text, context()));
			await drainQueue(await services.queue(bellQueue), hear, { most: 100, visibilityS: 60, deadline });
		},
	};
}

const arrived = async (leadId: string) => {
	const [mails, records] = await Promise.all([get.mails({ sandboxUrl: sandbox.url }), get.records({ sandboxUrl: sandbox.url })]);
	return {
		mails: mails.filter(({ headers }) => headers['x-lead-id'] === leadId).length,
		records: records.filter(({ leadid }) => leadid === leadId).length,
	};
};
const setFaults = (faults: object) => fetch(`${sandbox.url}/faults`, { method: 'PUT', body: JSON.stringify(faults) });

describe('a lead that comes while something is not set up', () => {
	it.each([
		{ what: 'a setting is wrong', wrong: { EMAIL_FROM: 'nobody' }, name: 'EMAIL_FROM', before: { mails: 0, records: 1 } },
		{
			what: 'LEAD_DESTINATIONS is missing',
			wrong: { LEAD_DESTINATIONS: '' },
			name: 'LEAD_DESTINATIONS',
			before: { mails: 0, records: 0 },
		},
		{
			what: 'the mailbox has not granted its permission',
			faults: { graph: { status: 403, code: 'ErrorAccessDenied' } },
			name: 'Application Mail.Send for EMAIL_FROM',
			before: { mails: 0, records: 1 },
		},
		{
			what: 'Dataverse has no application user',
			faults: { dataverse: { status: 403, code: '0x80072560' } },
			name: 'application user for AZURE_CLIENT_ID',
			before: { mails: 1, records: 0 },
		},
	])(
		'is taken when $what, which is named, and arrives by itself when that is mended',
		async ({ what, wrong, faults = {}, name, before }) => {
			await setFaults(faults);
			const worker = startWorker(wrong);
			const { status, leadId } = await worker.post(payload({ OfferTitle: what }));
			expect(status).toBe(202);
			for (const _ of [1, 2, 3]) await worker.goOn();
			expect(await arrived(leadId)).toEqual(before);
			expect(worker.lines).toContainEqual(expect.objectContaining({ event: 'delivery.misconfigured', names: [name] }));
			expect(worker.lines.filter(({ event }) => event === 'journal.checked').at(-1)).toMatchObject({
				misconfigured: [name],
				blocking: [name],
			});

			await setFaults({ graph: null, dataverse: null });
			// A setting is read at the start; what was mended outside needs none.
			const mended = wrong ? startWorker() : worker;
			for (const _ of [1, 2, 3]) await mended.goOn();
			expect(await arrived(leadId)).toEqual({ mails: 1, records: 1 });
			await mended.goOn();
			expect(mended.lines.filter(({ event }) => event === 'journal.checked').at(-1)).toMatchObject({ misconfigured: [], pending: 0 });
		},
		60_000,
	);
});
