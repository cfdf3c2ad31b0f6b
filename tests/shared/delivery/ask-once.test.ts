import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { type AskOnce, askOnce } from '../../../shared/delivery/ask-once.ts';
import { readAnswer, readText } from '../../../shared/destinations/http/answer.ts';
import { causeCode, causeMessage } from '../../../shared/destinations/http/request-end.ts';

const servers: Server[] = [];
const sockets: Socket[] = [];
afterEach(() => {
	for (const socket of sockets.splice(0)) socket.destroy();
	for (const server of servers.splice(0)) server.close();
});

/** A service that answers each request with bytes; it keeps its connections. */
async function serve(reply: (socket: Socket, request: string) => void) {
	const requests: string[] = [];
	let connections = 0;
	const server = createServer((socket) => {
		connections++;
		sockets.push(socket.on('error', () => undefined));
		socket.on('data', (bytes) => {
			requests.push(bytes.toString());
			reply(socket, bytes.toString());
		});
	}).listen(0, '127.0.0.1');
	servers.push(server);
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}`, port, requests, connections: () => connections };
}

const lines = (...all: string[]) => `${all.join('\r\n')}\r\n\r\n`;
const whole = (status: number, body: string, ...headers: string[]) =>
	`${lines(`HTTP/1.1 ${status} X`, `content-length: ${Buffer.byteLength(body)}`, ...headers)}${body}`;
const init = { headers: { 'content-type': 'application/json', authorization: 'Bearer t' }, redirect: 'manual' as const };
const never = () => new AbortController().signal;
const post = (signal = never()) => ({ ...init, method: 'POST', body: '{"name":"Ü"}', signal });
const over = new Error('its time is over');
const closed = (socket: Socket) => socket.destroyed || once(socket, 'close');

describe.each<[string, AskOnce]>([
	['fetch', fetch],
	['a request over node:http', askOnce],
])('%s', (_, ask) => {
	it('sends what it is told, and gives status and headers in any case', async () => {
		const { url, requests } = await serve((socket) => socket.write(whole(202, '', 'Request-Id: r-1', 'Retry-After: 7')));
		const answer = await ask(`${url}/users/a%2Bb?x=1`, post());
		expect([answer.status, answer.ok, answer.headers.get('request-id'), answer.headers.has('x-no')]).toEqual([202, true, 'r-1', false]);
		expect(await readAnswer(answer)).toMatchObject({ status: 202, retryAfterMs: 7000, requestId: 'r-1' });
		const [sent = ''] = requests;
		expect(sent.split('\r\n')[0]).toBe('POST /users/a%2Bb?x=1 HTTP/1.1');
		for (const line of [/^content-length: 13$/im, /^authorization: Bearer t$/im, /^accept: \*\/\*$/im, /^user-agent: node$/im])
			expect(sent).toMatch(line);
		expect(sent.endsWith('\r\n\r\n{"name":"Ü"}')).toBe(true);
	});

	it('uses a connection again behind an answer that was read, or has no body', async () => {
		const answers = [whole(202, ''), lines('HTTP/1.1 204 X'), whole(400, '{"error":{"code":"ErrorX"}}'), whole(202, '')];
		const { url, connections } = await serve((socket) => socket.write(answers.shift() ?? ''));
		const statuses: unknown[] = [];
		for (let left = 4; left > 0; left--) {
			const { status, code } = await readAnswer(await ask(url, post()));
			statuses.push([status, code]);
			await new Promise(setImmediate);
		}
		expect(statuses).toEqual([
			[202, ''],
			[204, ''],
			[400, 'ErrorX'],
			[202, ''],
		]);
		expect(connections()).toBe(1);
	});

	it('does not follow a redirect', async () => {
		const { url, requests } = await serve((socket) => socket.write(whole(307, '', 'location: /elsewhere')));
		expect(await readAnswer(await ask(url, post()))).toMatchObject({ status: 307 });
		expect(requests).toHaveLength(1);
	});

	it('does not wait for the body of a success, and closes a connection whose body is not there', async () => {
		const { url } = await serve((socket) => socket.write(lines('HTTP/1.1 202 X', 'content-length: 99', 'request-id: r')));
		expect(await readAnswer(await ask(url, post()))).toMatchObject({ status: 202, requestId: 'r' });
		await closed(sockets[0] as Socket);
	});

	it('reads the error of an answer that is packed, breaks off, or does not end', async () => {
		const packed = gzipSync('{"error":{"code":"Packed"}}');
		const { url } = await serve((socket, request) => {
			if (request.includes('/packed')) {
				socket.write(lines('HTTP/1.1 400 X', 'content-encoding: gzip', `content-length: ${packed.length}`));
				socket.write(packed);
			} else if (request.includes('/garbled')) socket.write(whole(400, 'no gzip', 'content-encoding: gzip'));
			else if (request.includes('/broken')) {
				socket.end(`${lines('HTTP/1.1 400 X', 'content-length: 999')}{"error":{"code":"Broken","message":"`);
			} else socket.write(`${lines('HTTP/1.1 400 X', 'content-length: 999999')}{"error":{"code":"Long","message":"${'x'.repeat(70_000)}`);
		});
		const codeAt = async (path: string) => {
			const { status, code } = await readAnswer(await ask(`${url}/${path}`, post()));
			return [status, code];
		};
		expect(await codeAt('packed')).toEqual([400, 'Packed']);
		expect(await codeAt('garbled')).toEqual([400, '']);
		expect(await codeAt('broken')).toEqual([400, 'Broken']);
		expect(await codeAt('long')).toEqual([400, 'Long']);
		await closed(sockets.at(-1) as Socket);
	});

	it('ends with its signal: before it begins, while it waits, and in the middle of a body', async () => {
		const { url, requests } = await serve((socket, request) => {
			if (request.includes('/body')) socket.write(`${lines('HTTP/1.1 500 X', 'content-length: 99')}{"error":{"code":"Half"`);
		});
		await expect(ask(url, post(AbortSignal.abort(over)))).rejects.toBe(over);
		expect(requests).toEqual([]);
		const [waits, reads] = [new AbortController(), new AbortController()];
		const waiting = expect(ask(url, post(waits.signal))).rejects.toBe(over);
		while (requests.length === 0) await new Promise(setImmediate);
		waits.abort(over);
		await waiting;
		await closed(sockets[0] as Socket);
		const answer = await ask(`${url}/body`, post(reads.signal));
		const text = readText(answer);
		reads.abort(over);
		expect(await text).toMatchObject({ whole: false });
		await closed(sockets[1] as Socket);
	});

	it('fails with a cause that says when nothing was sent, and with none of these codes when something may have been', async () => {
		const gone = await serve(() => undefined);
		servers[0]?.close();
		await once(servers[0] as Server, 'close');
		const failure = async (url: string) => {
			const error: unknown = await ask(url, post()).catch((error: unknown) => error);
			expect(causeMessage(error)).toMatch(/^fetch failed: ./);
			return causeCode(error);
		};
		expect(await failure(gone.url)).toBe('ECONNREFUSED');
		expect(await failure('http://no-such-host.invalid')).toMatch(/^(ENOTFOUND|EAI_AGAIN)$/);
		const closes = await serve((socket) => socket.end());
		expect(await failure(closes.url)).toMatch(/^(UND_ERR_SOCKET|ECONNRESET)$/);
		const resets = await serve((socket) => socket.resetAndDestroy());
		expect(await failure(resets.url)).toBe('ECONNRESET');
		const speaksOtherwise = await serve((socket) => socket.end('220 smtp.contoso.example\r\n'));
		expect(await failure(speaksOtherwise.url)).toMatch(/^HPE_/);
		const switches = await serve((socket) => socket.end(lines('HTTP/1.1 101 X', 'upgrade: x', 'connection: upgrade')));
		expect(await failure(switches.url)).toMatch(/^(UND_ERR_SOCKET|NO_ANSWER)$/);
	});
});

describe('a request over node:http', () => {
	afterEach(() => void jest.useRealTimers());

	it('says that nothing was sent when the connection takes ten seconds', async () => {
		const { url, requests } = await serve(() => undefined);
		jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
		const failed = askOnce(url.replace('http:', 'https:'), post()).catch(causeCode);
		// The first words of the handshake have come, and are not answered.
		while (requests.length === 0) await new Promise(setImmediate);
		jest.advanceTimersByTime(10_000);
		expect(await failed).toBe('UND_ERR_CONNECT_TIMEOUT');
	});

	it('is fetch where the environment names a proxy', async () => {
		const { url } = await serve((socket) => socket.write(whole(202, '')));
		const byFetch = jest.spyOn(globalThis, 'fetch');
		const before = process.env.https_proxy;
		process.env.https_proxy = 'http://127.0.0.1:9';
		try {
			await readAnswer(await askOnce(url, post()));
		} finally {
			if (before === undefined) delete process.env.https_proxy;
			else process.env.https_proxy = before;
		}
		expect(byFetch).toHaveBeenCalledTimes(1);
		byFetch.mockRestore();
	});

	it('keeps no timer and no listener behind its end', async () => {
		const { url } = await serve((socket) => socket.write(whole(202, '')));
		const { signal } = new AbortController();
		const remove = jest.spyOn(signal, 'removeEventListener');
		await readAnswer(await askOnce(url, post(signal)));
		while (remove.mock.calls.length === 0) await new Promise(setImmediate);
		expect(remove).toHaveBeenCalledTimes(1);
	});
});
