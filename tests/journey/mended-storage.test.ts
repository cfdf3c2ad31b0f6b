import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { storageUpstreams, throughProxy } from '../../chaos/proxy-storage.ts';
import { startProxy } from '../../chaos/start-proxy.ts';
import { type Local, startLocal } from '../../sandbox/start/start-local.ts';
import { eventually } from '../support/eventually.ts';
import { payload } from '../support/payload.ts';
import { startTestStorage, type TestStorage } from '../support/storage.ts';
import { get } from './get.ts';

const tableRole = 'Storage Table Data Contributor for AzureWebJobsStorage';
const queueRole = 'Storage Queue Data Contributor for AzureWebJobsStorage';

let storage: TestStorage;
let gate: Awaited<ReturnType<typeof startProxy>>;
let local: Local;
/** What storage refuses the app, as it does while a role is missing. `our queues`: all but what the host's trigger needs of the bells, without which it shuts down. */
let refusing: ('table' | 'queue' | 'our queues')[] = [];
let lines: Record<string, unknown>[] = [];
let hostLines: string[] = [];

beforeAll(async () => {
	storage = await startTestStorage();
	gate = await startProxy(storageUpstreams(storage.connectionString), {
		before: ({ service, method, path }) => {
			const isOfTrigger = /\/bells(\/messages|\?comp=metadata)/.test(path) && method !== 'POST';
			const isOurs = service === 'queue' && !isOfTrigger;
			return refusing.some((what) => what === service || (what === 'our queues' && isOurs)) ? 403 : 'pass';
		},
		after: () => 'pass',
	});
	const AzureWebJobsStorage = throughProxy(storage.connectionString, gate);
	local = await startLocal({
		settings: { AzureWebJobsStorage, DELIVERY_ATTEMPT_TIMEOUT: 'PT2S', DELIVERY_RETRY_FIRST: 'PT1S', LEAD_SWEEP_SCHEDULE: '* * * * * *' },
		onLog: ({ message }) => void (message.startsWith('{"event":') ? lines.push(JSON.parse(message)) : hostLines.push(message)),
	});
});
afterAll(async () => {
	await local?.stop();
	await gate?.close();
	await storage?.stop();
});
beforeEach(() => {
	refusing = [];
	lines = [];
	hostLines = [];
});

const post = (body: object) => fetch(local.intakeUrl, { method: 'POST', body: JSON.stringify(body) });
const postAccepted = async (body: object) => {
	const response = await post(body);
	expect(response.status).toBe(202);
	return ((await response.json()) as { leadId: string }).leadId;
};
const checked = (names: string[]) => {
	const misconfigured = expect.arrayContaining(names);
	return eventually(() => expect(lines).toContainEqual(expect.objectContaining({ event: 'journal.checked', misconfigured })) ?? true);
};
const arrives = async (leadId: string) => {
	await eventually(() => get.record(local, leadId));
	await eventually(() => get.mail(local, leadId));
};

describe('storage that refuses the app', () => {
	it('without a table role: 202, the role is named, and the lead arrives by itself when it is granted', async () => {
		const pid = local.workerPid();
		refusing = ['table'];
		const leadId = await postAccepted(payload({ OfferTitle: 'Without a table role' }));
		await checked([tableRole]);
		expect(lines).toContainEqual(expect.objectContaining({ event: 'delivery.misconfigured', names: [tableRole] }));
		refusing = [];
		await arrives(leadId);
		expect(local.workerPid()).toBe(pid);
	}, 60_000);

	it('without a queue role but that of the trigger: 202, the role is named, and the lead arrives by itself when it is granted', async () => {
		const pid = local.workerPid();
		refusing = ['our queues'];
		const leadId = await postAccepted(payload({ OfferTitle: 'Without a queue role' }));
		await checked([queueRole]);
		expect(lines).toContainEqual(expect.objectContaining({ event: 'delivery.misconfigured', names: [queueRole] }));
		refusing = [];
		await arrives(leadId);
		expect(local.workerPid()).toBe(pid);
	}, 60_000);

	it('without either: 503 with Retry-After, both roles are named, and the next lead arrives when they are granted', async () => {
		refusing = ['table', 'our queues'];
		const lead = payload({ OfferTitle: 'Without any role' });
		const response = await post(lead);
		expect([response.status, response.headers.get('retry-after')]).toEqual([503, '30']);
		await checked([tableRole, queueRole]);
		expect(lines).toContainEqual(expect.objectContaining({ event: 'lead.unaccepted' }));
		refusing = [];
		await arrives(await postAccepted(lead));
	}, 60_000);

	it('without any queue role: the host shuts down and is started again, as in Azure, and leads arrive when it is granted', async () => {
		const pid = local.workerPid();
		refusing = ['queue'];
		await eventually(() => local.workerPid() !== pid);
		expect(hostLines).toContainEqual(expect.stringMatching(/Host is shutting down\. Queue bells cannot be read: 403 /));
		refusing = [];
		const lead = payload({ OfferTitle: 'Without any queue role' });
		// While it starts, no one listens.
		const leadId = await eventually(() => postAccepted(lead).catch(() => undefined));
		await arrives(leadId);
	}, 60_000);
});
