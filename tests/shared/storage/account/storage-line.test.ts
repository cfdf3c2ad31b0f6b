import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';
import { AccountSASPermissions, generateAccountSASQueryParameters, StorageSharedKeyCredential } from '@azure/storage-queue';
import { afterEach, describe, expect, it } from '@jest/globals';
import { toConnectionString } from '../../../../sandbox/storage/connection-string.ts';
import { openLine, type Reach, type StorageCall } from '../../../../shared/storage/account/storage-line.ts';
import { openStorageQueue } from '../../../../shared/storage/queues/storage-queue.ts';
import { openStorageTable } from '../../../../shared/storage/tables/storage-table.ts';
import { refusalOfStorage } from '../../../support/refusal-of-storage.ts';
import { type Reply, type StandIn, startStandIn } from '../../../support/stand-in.ts';
import { startTestStorage } from '../../../support/storage.ts';

const call: StorageCall = { method: 'POST', path: '/bells/messages', query: 'a=b', body: '<x/>', mostBytes: 10_000 };
const patient = () => AbortSignal.timeout(20_000);

let service: StandIn | undefined;
afterEach(() => service?.close());

async function standIn(reply: Reply) {
	service = await startStandIn(() => reply);
	return service;
}

async function lineTo(reply: Reply) {
	const { root } = await standIn(reply);
	return openLine({ connectionString: toConnectionString({ queue: Number(new URL(root).port) }) }, 'queue');
}

describe('a line to storage', () => {
	it.each<[string, Reply, object]>([
		['a broken connection', 'reset', { name: 'StorageError', code: 'ECONNRESET', statusCode: undefined }],
		['a refusal', { status: 403 }, { status: 403 }],
		['a busy service', { status: 503, headers: { 'retry-after': '0' } }, { status: 503 }],
		['a redirect', { status: 307, headers: { location: '/elsewhere' } }, { status: 307 }],
	])('asks once, whatever comes: %s', async (_, reply, expected) => {
		const line = await lineTo(reply);
		expect(await line.ask(call, patient()).catch((error) => error)).toMatchObject(expected);
		expect(service?.received).toHaveLength(1);
	});

	it('tells how it could not reach the service, and nothing of the request', async () => {
		const line = await lineTo('hang');
		service?.close();
		const error = await line.ask({ ...call, body: 'secret' }, patient()).catch((error) => error);
		expect(error).toMatchObject({ name: 'StorageError', code: 'ECONNREFUSED', statusCode: undefined, cause: undefined });
		expect(JSON.stringify({ ...error, message: error.message })).not.toMatch(/secret|SharedKey/);
	});

	it.each<[string, Reply]>([
		['does not answer', 'hang'],
		['stops in the middle of its answer', { status: 200, body: '{"value":[', stalls: true }],
	])('is over when its time is, also where the service %s', async (_, reply) => {
		const line = await lineTo(reply);
		const stop = new AbortController();
		const end = expect(line.ask(call, stop.signal)).rejects.toThrow('the time is over');
		await service?.asked();
		const abandoned = service?.abandoned();
		stop.abort(new Error('the time is over'));
		await end;
		await abandoned;
		await expect(line.ask(call, stop.signal)).rejects.toThrow('the time is over');
		expect(service?.received).toHaveLength(1);
	});

	it('takes no answer that is longer than can be right, and cuts it off', async () => {
		const line = await lineTo({ status: 200, endless: true });
		await expect(line.ask(call, patient())).rejects.toMatchObject({ name: 'UnprovenAnswer' });
		expect(await service?.cutOff()).toBeLessThan(50_000_000);
	});

	it('leaves no listener with a signal that outlives it', async () => {
		const line = await lineTo({ status: 200, body: 'x' });
		const { signal } = new AbortController();
		const warnings: string[] = [];
		const warn = ({ name }: Error) => warnings.push(name);
		process.on('warning', warn);
		for (let count = 0; count < 30; count++) await line.ask(call, signal);
		await new Promise((resolve) => setImmediate(resolve));
		process.off('warning', warn);
		expect(warnings).toEqual([]);
	});

	it('shows each answer to the policy that is given', async () => {
		const { root } = await standIn({ status: 204, headers: { date: 'Wed, 25 Nov 2026 11:59:30 GMT' } });
		const dates: (string | undefined)[] = [];
		const policy: Parameters<typeof openLine>[2] = {
			policy: {
				name: 'dates',
				sendRequest: async (request, next) => {
					const response = await next(request);
					dates.push(response.headers.get('date'));
					return response;
				},
			},
		};
		const connectionString = toConnectionString({ table: Number(new URL(root).port) });
		await openLine({ connectionString }, 'table', policy).ask(call, patient());
		expect(dates).toEqual(['Wed, 25 Nov 2026 11:59:30 GMT']);
	});

	it('goes through the proxy that the environment names', async () => {
		const proxy = await standIn({ status: 204 });
		const before = process.env.HTTP_PROXY;
		process.env.HTTP_PROXY = proxy.root;
		try {
			const connectionString = 'DefaultEndpointsProtocol=http;AccountName=contoso;AccountKey=a2V5;EndpointSuffix=storage.invalid';
			await openLine({ connectionString }, 'queue').ask(call, patient());
		} finally {
			if (before === undefined) delete process.env.HTTP_PROXY;
			else process.env.HTTP_PROXY = before;
		}
		expect(proxy.received[0]?.path).toBe('http://contoso.queue.storage.invalid/bells/messages?a=b');
	});
});

describe('a line with the account’s key', () => {
	it('is let in by the emulator, and with another key is not', async () => {
		const storage = await startTestStorage();
		try {
			const wrong = storage.connectionString.replace(/AccountKey=.{4}/, 'AccountKey=AAAA');
			for (const [connectionString, end] of [
				[storage.connectionString, 'was made'],
				[wrong, 403],
			] as const) {
				const made = [
					openStorageTable(openLine({ connectionString }, 'table'), 'kept').make(patient()),
					openStorageQueue(openLine({ connectionString }, 'queue'), 'kept').make(patient()),
				].map((making) => making.catch(({ statusCode }) => statusCode));
				expect(await Promise.all(made)).toEqual([end, end]);
			}
		} finally {
			await storage.stop();
		}
	});
});

describe('a line with a shared access signature', () => {
	it('shows it with every request, but in none of a transaction’s parts, and is let in by the emulator', async () => {
		const storage = await startTestStorage();
		try {
			const [, name = ''] = /AccountName=([^;]+)/.exec(storage.connectionString) ?? [];
			const [, key = ''] = /AccountKey=([^;]+)/.exec(storage.connectionString) ?? [];
			const signature = generateAccountSASQueryParameters(
				{
					expiresOn: new Date(Date.now() + 3_600_000),
					permissions: AccountSASPermissions.parse('rwdlacup'),
					resourceTypes: 'sco',
					services: 'qt',
				},
				new StorageSharedKeyCredential(name, key),
			).toString();
			const endpoints = storage.connectionString.split(';').filter((part) => part.includes('Endpoint='));
			for (const sign of ['', '?']) {
				const connectionString = [...endpoints, `SharedAccessSignature=${sign}${signature}`].join(';');
				const table = openStorageTable(openLine({ connectionString }, 'table'), 'kept');
				const queue = openStorageQueue(openLine({ connectionString }, 'queue'), 'kept');
				await Promise.all([table.make(patient()), queue.make(patient())]);
				const parts = table.prepare([['create', { partitionKey: 'p', rowKey: `r${sign && 2}` }]]);
				expect(parts[0]?.text).not.toContain('sig=');
				expect(await table.send(parts, patient())).toBeUndefined();
				expect(await table.readRange({ partitionKey: 'p', from: '', to: '~' }, { most: 9, select: [] }, patient())).toHaveLength(
					sign ? 2 : 1,
				);
				const { messageId } = await queue.send('text', { hiddenS: 0 }, patient());
				expect(await queue.receive({ most: 32, hiddenS: 60 }, patient())).toMatchObject([{ messageId }]);
			}
		} finally {
			await storage.stop();
		}
	});
});

describe('a line as an identity', () => {
	/** Azure's addresses on this machine; everything else as it is. */
	const toLoopback = (root: string): HttpClient => {
		const client = createDefaultHttpClient();
		return {
			sendRequest: (request) => {
				request.url = request.url.replace('https://contoso.table.core.windows.net', root);
				request.allowInsecureConnection = true;
				return client.sendRequest(request);
			},
		};
	};
	const identity = (tokens: (string | Error | null)[]): Reach & { asked: string[] } => {
		const asked: string[] = [];
		return {
			url: 'https://contoso.table.core.windows.net/',
			asked,
			identity: {
				getToken: async (scope) => {
					asked.push(String(scope));
					const token = tokens.shift() ?? null;
					if (token instanceof Error) throw token;
					return token === null ? null : { token, expiresOnTimestamp: 0 };
				},
			},
		};
	};

	it('shows a token for storage with every request, and no signature', async () => {
		const { root, received } = await standIn({
			status: 200,
			body: JSON.stringify({ PartitionKey: 'p', RowKey: 'r', 'odata.etag': 'W/"1"', Timestamp: '2026-11-28T00:00:00Z', n: 1 }),
		});
		const reach = identity(['one', 'two']);
		const table = openStorageTable(openLine(reach, 'table', { client: toLoopback(root) }), 'journal');
		const key = { partitionKey: 'p', rowKey: 'r' };
		expect(await table.read(key, patient())).toEqual({ ...key, etag: 'W/"1"', timestamp: '2026-11-28T00:00:00Z', n: 1 });
		await table.read(key, patient());
		expect(received.map(({ path, headers }) => [path, headers.authorization])).toEqual([
			["/journal(PartitionKey='p',RowKey='r')", 'Bearer one'],
			["/journal(PartitionKey='p',RowKey='r')", 'Bearer two'],
		]);
		expect(received[0]?.headers).toMatchObject({ 'x-ms-version': expect.any(String), 'x-ms-date': expect.any(String) });
		expect(reach.asked).toEqual(Array(2).fill('https://storage.azure.com/.default'));
	});

	it('asks storage nothing without a token, and tells the identity’s trouble as it is', async () => {
		const { root, received } = await standIn({ status: 200 });
		const trouble = Object.assign(new Error('the token endpoint answered 400'), { name: 'TokenError', code: 'HTTP_400' });
		const line = openLine(identity([trouble, null]), 'table', { client: toLoopback(root) });
		expect(await line.ask(call, patient()).catch((error) => error)).toBe(trouble);
		await expect(line.ask(call, patient())).rejects.toThrow('no token');
		expect(received).toEqual([]);
	});

	it('does not wait for a token longer than it has time, even where the identity heeds no signal', async () => {
		const reach: Reach = { url: 'https://contoso.table.core.windows.net', identity: { getToken: () => new Promise(() => undefined) } };
		const stop = new AbortController();
		const end = expect(openLine(reach, 'table').ask(call, stop.signal)).rejects.toThrow('over');
		stop.abort(new Error('over'));
		await end;
	});

	it('gives no token to an address without TLS', async () => {
		const { root, received } = await standIn({ status: 200 });
		const reach = identity(['secret']);
		await expect(openLine({ ...reach, url: root }, 'table').ask(call, patient())).rejects.toThrow('https://');
		expect([received, reach.asked]).toEqual([[], []]);
	});

	it('is told by storage which role is missing', async () => {
		const { root } = await standIn(refusalOfStorage('AuthorizationPermissionMismatch'));
		const table = openStorageTable(openLine(identity(['one']), 'table', { client: toLoopback(root) }), 'journal');
		await expect(table.read({ partitionKey: 'p', rowKey: 'r' }, patient())).rejects.toMatchObject({
			name: 'StorageError',
			statusCode: 403,
			code: 'AuthorizationPermissionMismatch',
			message: expect.stringContaining('not authorized'),
		});
	});
});
