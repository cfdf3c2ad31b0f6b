import { createServer as createPlainServer } from 'node:http';
import { Agent, createServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import { createDefaultHttpClient, createPipelineRequest, type HttpClient, type PipelineResponse } from '@azure/core-rest-pipeline';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createHttpClient } from '../../../../shared/storage/account/http-client.ts';
import { openLine, type StorageCall } from '../../../../shared/storage/account/storage-line.ts';
import { certificate } from '../../../support/certificate.ts';
import { type Reply, type StandIn, startStandIn } from '../../../support/stand-in.ts';

const opened: (Pick<StandIn, 'close'> | Server)[] = [];
afterEach(() => {
	for (const one of opened.splice(0)) one.close();
});
const standIn = async (replyTo: Parameters<typeof startStandIn>[0]) => {
	const service = await startStandIn(replyTo);
	opened.push(service);
	return service;
};
async function listen<Kind extends Server>(server: Kind): Promise<number> {
	opened.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}
const requestTo = (url: string, body?: string) =>
	createPipelineRequest({
		url,
		method: body === undefined ? 'GET' : 'POST',
		timeout: 20_000,
		allowInsecureConnection: true,
		streamResponseStatusCodes: new Set([Number.POSITIVE_INFINITY]),
		...(body !== undefined && { body }),
	});
async function textOf({ readableStreamBody }: PipelineResponse): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of readableStreamBody ?? []) chunks.push(Buffer.from(chunk));
	return Buffer.concat(chunks).toString();
}
const codeOf = (error: { code?: string }) => error.code;

describe('the HTTP client of storage', () => {
	it.each<[string, Reply]>([
		['an answer', { status: 200, headers: { date: 'Wed, 25 Nov 2026 11:59:30 GMT', 'x-ms-error-code': 'Ä' }, body: 'täxt' }],
		['an empty answer', { status: 204 }],
		['a redirect', { status: 307, headers: { location: '/elsewhere' } }],
		['a refusal', { status: 503, body: 'busy' }],
		['what says that it is packed', { status: 200, headers: { 'content-encoding': 'identity' }, body: 'x' }],
	])('hears what Azure’s own client hears: %s', async (_, reply) => {
		const { root, received } = await standIn(() => reply);
		const hear = async (client: HttpClient) => {
			const request = requestTo(`${root}/a('b')?c=%20d`, 'ü');
			request.headers.set('Accept-Encoding', 'identity');
			const response = await client.sendRequest(request);
			const { date, connection, ...headers } = response.headers.toJSON();
			return { status: response.status, date: response.headers.get('Date')?.length, headers, text: await textOf(response) };
		};
		expect(await hear(createHttpClient())).toEqual(await hear(createDefaultHttpClient()));
		expect(received[0]).toEqual(received[1]);
	});

	it.each<[string, Reply]>([
		['breaks the connection', 'reset'],
		['speaks no HTTP', { status: 200, headers: { 'transfer-encoding': 'nonsense' } }],
	])('fails with the same code where the service %s', async (_, reply) => {
		const { root } = await standIn(() => reply);
		const fail = (client: HttpClient) => client.sendRequest(requestTo(root)).then(({ status }) => status, codeOf);
		expect(await fail(createHttpClient())).toBe(await fail(createDefaultHttpClient()));
	});

	it('keeps a connection for the next request', async () => {
		let connections = 0;
		const server = createPlainServer((_, answer) => answer.end('x'));
		server.on('connection', () => connections++);
		const port = await listen(server);
		const client = createHttpClient();
		for (let count = 0; count < 5; count++) await textOf(await client.sendRequest(requestTo(`http://127.0.0.1:${port}/`)));
		server.closeAllConnections();
		expect(connections).toBe(1);
	});

	it('waits no longer for an answer than it is told', async () => {
		const { root } = await standIn(() => 'hang');
		const request = requestTo(root);
		request.timeout = 1;
		await expect(createHttpClient().sendRequest(request)).rejects.toMatchObject({ name: 'TimeoutError' });
	});

	it('refuses an address without TLS that is not expected', async () => {
		const { root, received } = await standIn(() => ({ status: 200 }));
		await expect(createHttpClient().sendRequest(createPipelineRequest({ url: root }))).rejects.toThrow('https://');
		expect(received).toEqual([]);
	});

	it('speaks TLS, and believes no certificate that no one has signed', async () => {
		const server = createServer(certificate, (_, answer) => answer.end('secret'));
		const port = await listen(server);
		const ask = (client: HttpClient) => client.sendRequest(requestTo(`https://localhost:${port}/`));
		await expect(ask(createHttpClient())).rejects.toMatchObject({ name: 'StorageError', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
		const secure = new Agent({ keepAlive: true, ca: certificate.cert });
		expect(await textOf(await ask(createHttpClient(secure)))).toBe('secret');
		const elsewhere = createHttpClient(secure).sendRequest(requestTo(`https://127.0.0.1:${port}/`));
		await expect(elsewhere).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
		secure.destroy();
	});

	it('shows storage the token of the identity over TLS', async () => {
		const seen: unknown[] = [];
		const server = createServer(certificate, ({ url, headers }, answer) => {
			seen.push([url, headers.authorization]);
			answer.end('{"value":[]}');
		});
		const port = await listen(server);
		const secure = new Agent({ keepAlive: true, ca: certificate.cert });
		const identity = { getToken: async () => ({ token: 'token', expiresOnTimestamp: 0 }) };
		const line = openLine({ url: `https://localhost:${port}`, identity }, 'table', { client: createHttpClient(secure) });
		await line.ask({ method: 'GET', path: '/journal()', mostBytes: 1000 }, AbortSignal.timeout(20_000));
		secure.destroy();
		expect(seen).toEqual([['/journal()', 'Bearer token']]);
	});
});

describe('a line where the environment names a proxy', () => {
	const call: StorageCall = { method: 'GET', path: '/bells', mostBytes: 10_000 };
	const signal = () => AbortSignal.timeout(20_000);
	const names = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'ALL_PROXY', 'all_proxy'];
	const withVariable = async (name: string, value: string, run: () => Promise<unknown>) => {
		process.env[name] = value;
		try {
			await run();
		} finally {
			delete process.env[name];
		}
	};

	it.each(names)('by %s asks it for a tunnel to storage, and shows no token to it', async (name) => {
		const tunnels: string[] = [];
		const proxy = createPlainServer();
		proxy.on('connect', ({ url = '', headers }, socket) => {
			tunnels.push(`${url} ${headers.authorization ?? 'no token'}`);
			socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
		});
		const port = await listen(proxy);
		const identity = { getToken: async () => ({ token: 'secret', expiresOnTimestamp: 0 }) };
		await withVariable(name, `http://127.0.0.1:${port}`, async () => {
			const line = openLine({ url: 'https://contoso.table.storage.invalid', identity }, 'table');
			await line.ask(call, signal()).catch(() => undefined);
		});
		expect(tunnels).toEqual(['contoso.table.storage.invalid:443 no token']);
	});

	it('believes behind the tunnel only a certificate that is signed', async () => {
		const paths: unknown[] = [];
		const storage = createServer(certificate, ({ url, headers }, answer) => {
			paths.push([url, headers.authorization]);
			answer.writeHead(204).end();
		});
		const port = await listen(storage);
		const proxy = createPlainServer();
		proxy.on('connect', (_, socket) => {
			const through = connect(port, '127.0.0.1', () => {
				socket.write('HTTP/1.1 200 OK\r\n\r\n');
				through.pipe(socket).pipe(through);
			});
			for (const end of [socket, through]) end.on('error', () => undefined);
		});
		const proxyPort = await listen(proxy);
		await withVariable('HTTPS_PROXY', `http://127.0.0.1:${proxyPort}`, async () => {
			const identity = { getToken: async () => ({ token: 'secret', expiresOnTimestamp: 0 }) };
			const line = openLine({ url: 'https://localhost', identity }, 'table');
			await expect(line.ask(call, signal())).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
		});
		expect(paths).toEqual([]);
	});
});
