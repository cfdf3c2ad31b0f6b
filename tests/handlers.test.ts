import { HttpRequest, HttpResponse, InvocationContext } from '@azure/functions';
import { describe, expect, it } from '@jest/globals';
import { serveBoard } from '../LeadBoard/serve-board.ts';
import { answerBell } from '../LeadDelivery/answer-bell.ts';
import { reportHealth } from '../LeadHealth/report-health.ts';
import { receiveLead } from '../LeadIntake/receive-lead.ts';
import { sweepJournal } from '../LeadSweep/sweep-journal.ts';
import { newLeadId } from '../shared/lead/lead-id.ts';
import { toBell } from '../shared/queues/bell.ts';
import { openServices, type Services } from '../shared/services.ts';
import { workingSettings } from './support/app.ts';
import { bytesOf, payload } from './support/payload.ts';

/**
 * With HTTP streaming on, whoever asks a function that throws (or answers what cannot be sent) is told nothing for minutes:
 * https://github.com/Azure/azure-functions-nodejs-library/issues/324
 */
type Trouble = [how: string, happens: () => never];

const throws: Trouble[] = [
	['throws an error', () => fail(new Error('S3cret'))],
	['throws nothing', () => fail(undefined)],
	['throws a text', () => fail('S3cret')],
	['throws what cannot be read', () => fail(Object.create(null, { code: { get: () => fail(new Error('S3cret')) } }))],
];
const fail = (thrown: unknown): never => {
	throw thrown;
};

const nowhere = 'http://127.0.0.1:9';
const tenantId = '22222222-2222-2222-2222-222222222222';
const environment = {
	...workingSettings,
	BOARD_CLIENT_ID: tenantId,
	BOARD_TENANT_ID: tenantId,
	DATAVERSE_URL: nowhere,
	GRAPH_BASE_URL: nowhere,
	IDENTITY_ENDPOINT: nowhere,
	AzureWebJobsStorage: `AccountName=x;AccountKey=eA==;TableEndpoint=${nowhere}/x;QueueEndpoint=${nowhere}/x;BlobEndpoint=${nowhere}/x`,
};
/** Nothing is there, and every wait is over soon. */
const open = (change: Partial<Services>): Services => {
	const unknown = async () => fail(new Error('unknown'));
	return {
		...openServices(environment),
		journal: unknown,
		spill: unknown,
		bell: unknown,
		queue: unknown,
		destination: unknown,
		deadline: () => AbortSignal.timeout(20),
		...change,
	};
};

/** Every service in every trouble: opened, and in the hands of the function. */
const rows = throws.flatMap(([how, happens]) => {
	const later = async () => happens();
	const broken = new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : later) }) as never;
	const brokenAtOnce = new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : happens) }) as never;
	// The odder errors once.
	const services = how === 'throws an error' ? (['journal', 'spill', 'bell', 'queue', 'destination'] as const) : (['journal'] as const);
	return [
		...services.flatMap((name): [string, Partial<Services>][] => [
			[`${name} ${how} when it is opened`, { [name]: later }],
			[`${name} ${how} at once when it is opened`, { [name]: happens }],
			[`${name} ${how} when it is used`, { [name]: async () => broken }],
			[`${name} ${how} at once when it is used`, { [name]: async () => brokenAtOnce }],
			[`${name} never opens, and the rest ${how}`, { ...everything(later), [name]: () => new Promise<never>(() => undefined) }],
		]),
		...(['clock', 'deadline', 'random', 'pause'] as const).map((name): [string, Partial<Services>] => [
			`${name} ${how}`,
			{ [name]: happens },
		]),
		[`settings ${how}`, { settings: new Proxy({} as Services['settings'], { get: happens }) }],
		[`everything ${how}`, everything(later)],
		[`everything ${how} at once`, { ...everything(happens), clock: happens, deadline: happens, random: happens, pause: happens }],
	] as [string, Partial<Services>][];
});

function everything(happens: () => never | Promise<never>): Partial<Services> {
	return Object.fromEntries(['journal', 'spill', 'bell', 'queue', 'destination'].map((name) => [name, happens]));
}

const logs: [what: string, logHandler: () => void, rows: typeof rows][] = [
	['a log that works', () => undefined, rows],
	['a log that throws', () => fail(new Error('no log')), rows.filter(([name]) => name.startsWith('everything'))],
];

/** Someone who may see the board. */
const signedIn = {
	environment: { ...environment, WEBSITE_AUTH_ENABLED: 'True' },
	request: () => {
		const claims = { tid: tenantId, oid: tenantId, roles: 'Leads.Act' };
		const principal = { auth_typ: 'aad', role_typ: 'roles', claims: Object.entries(claims).map(([typ, val]) => ({ typ, val })) };
		const headers = {
			'x-ms-client-principal': Buffer.from(JSON.stringify(principal)).toString('base64'),
			'x-ms-client-principal-idp': 'aad',
		};
		return new HttpRequest({ method: 'GET', url: 'http://127.0.0.1/board', headers });
	},
};

const contextWith = (logHandler: () => void) => new InvocationContext({ logHandler });
const request = (method: string) =>
	new HttpRequest({
		method,
		url: 'http://127.0.0.1/api/leads',
		...(method === 'POST' && { body: { bytes: bytesOf(payload()) } }),
	});

describe.each(logs)('with %s', (_, logHandler, rows) => {
	const context = () => contextWith(logHandler);

	it.each(rows)('the intake answers 503 and when to come back, although %s', async (_name, trouble) => {
		const answer = new HttpResponse((await receiveLead(open(trouble))(request('POST'), context())) as object);
		expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
		expect(await answer.text()).not.toContain('S3cret');
	});

	it.each(rows)('the report of health is sent, although %s', async (_name, trouble) => {
		const answer = new HttpResponse((await reportHealth(open(trouble), environment)(request('GET'), context())) as object);
		expect(answer.status).toBe(503);
		expect(await answer.text()).not.toContain('S3cret');
	});

	it.each(rows)('the board answers, although %s', async (_name, trouble) => {
		const answer = new HttpResponse((await serveBoard(open(trouble), signedIn.environment)(signedIn.request(), context())) as object);
		expect(answer.status).toBeGreaterThanOrEqual(500);
		expect(await answer.text()).not.toContain('S3cret');
	});

	it.each(rows)('the sweep ends, although %s', async (_name, trouble) => {
		expect(await sweepJournal(open(trouble))({} as never, context())).toBeUndefined();
	});

	it('a bell that cannot be answered rings again: its function fails', async () => {
		for (const [name, trouble] of rows)
			if (name.startsWith('journal') || name.startsWith('everything')) {
				for (const leads of [1, 3]) {
					const message = toBell(Array.from({ length: leads }, () => newLeadId(Date.now())));
					const answered = async () => answerBell(open(trouble))(message, context());
					await expect(answered().then(() => name)).rejects.not.toBe(name);
				}
			}
	});
});

it('a lead is taken although its log line cannot be written', async () => {
	const taken: string[] = [];
	const services = open({
		journal: async () =>
			({
				accept: async ({ leadId, receivedAt }: { leadId: string; receivedAt: number }) => {
					taken.push(leadId);
					return { status: 'accepted', leadId, receivedAt };
				},
			}) as never,
	});
	const answer = await receiveLead(services)(
		request('POST'),
		contextWith(() => fail(new Error('no log'))),
	);
	expect(answer).toMatchObject({ status: 202 });
	expect(taken).toHaveLength(1);
});

it('what storage says is not believed to be sendable', async () => {
	for (const receivedAt of [Number.NaN, 1n, 9e99, undefined]) {
		const accept = async ({ leadId }: { leadId: string }) => ({ status: 'accepted', leadId, receivedAt });
		const services = open({ journal: async () => ({ accept }) as never });
		const answer = new HttpResponse(
			(await receiveLead(services)(
				request('POST'),
				contextWith(() => undefined),
			)) as object,
		);
		expect(answer.status).toBe(503);
	}
});
