import type { Server as HttpServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { checkEndpoint } from '../../../../shared/destinations/webhook/check-endpoint.ts';
import { type Post, postOnce } from '../../../../shared/destinations/webhook/send/post-once.ts';
import { certificate } from '../../../support/certificate.ts';
import { endpointWithFormat } from '../../../support/endpoint.ts';
import { startNobody } from '../../../support/nobody-there.ts';
import { startStandIn } from '../../../support/stand-in.ts';

const servers: (Server | HttpServer)[] = [];
afterEach(() => {
	for (const server of servers.splice(0)) {
		server.close();
		if ('closeAllConnections' in server) server.closeAllConnections();
	}
});
async function listen<Some extends Server | HttpServer>(server: Some): Promise<number> {
	servers.push(server);
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	return (server.address() as AddressInfo).port;
}
const post = (change: Partial<Post>): Post => ({
	url: 'https://localhost/',
	headers: {},
	body: Buffer.from('{}'),
	readsSuccess: true,
	rules: { privateNetworks: [], loopback: true },
	timeoutMs: 5000,
	signal: new AbortController().signal,
	...change,
});

describe('one request', () => {
	it('goes over TLS to a host whose certificate is trusted', async () => {
		const port = await listen(createTlsServer(certificate, (_, answer) => answer.end('ok')));
		const end = await postOnce(post({ url: `https://localhost:${port}/x`, trust: { ca: certificate.cert } }));
		expect(end).toMatchObject({ stage: 'answer', answer: { status: 200, text: 'ok' } });
	});

	it('has not left when the certificate is not trusted', async () => {
		const seen: unknown[] = [];
		const port = await listen(createTlsServer(certificate, (request) => void seen.push(request.url)));
		const end = await postOnce(post({ url: `https://localhost:${port}/x` }));
		expect(end).toEqual({ stage: 'failed', code: 'DEPTH_ZERO_SELF_SIGNED_CERT', sent: false });
		expect(seen).toEqual([]);
	});

	it('has not left when the connection ends during the handshake', async () => {
		const port = await listen(createServer((socket) => void socket.on('data', () => socket.destroy())));
		expect(await postOnce(post({ url: `https://localhost:${port}/x` }))).toMatchObject({ stage: 'failed', sent: false });
	});

	it.each([
		['a name that is never resolved', { trust: { lookUp: () => undefined } }],
		['a handshake that never ends', {}],
	])('ends in time, and has not left, with %s', async (_, change) => {
		const port = await listen(createServer(() => undefined));
		const end = await postOnce(post({ url: `https://localhost:${port}/x`, timeoutMs: 100, ...change }));
		expect(end).toEqual({ stage: 'failed', code: 'TimeoutError', sent: false });
	});

	it.each([
		'not http at all\r\n\r\n',
		'HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n',
		`HTTP/1.1 200 OK\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`,
	])('that is answered by no HTTP may have been taken: %.30s', async (text) => {
		const port = await listen(createServer((socket) => void socket.on('error', () => undefined).once('data', () => socket.end(text))));
		const end = await postOnce(post({ url: `http://127.0.0.1:${port}/x` }));
		expect(end).toMatchObject({ stage: 'failed', code: expect.stringMatching(/^HPE_/), sent: true });
	});

	// Node closes such a connection without an error: nothing but `close` would ever tell.
	it('that is answered by a change of protocol ends, and may have been taken', async () => {
		const text = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n';
		const port = await listen(createServer((socket) => void socket.on('error', () => undefined).once('data', () => socket.write(text))));
		const end = await postOnce(post({ url: `http://127.0.0.1:${port}/x`, timeoutMs: 1000 }));
		expect(end).toEqual({ stage: 'failed', code: 'NO_ANSWER', sent: true });
	});

	it.each([
		['gzip', gzipSync('ok'), { text: 'ok', ended: 'whole' }],
		['X-GZIP', gzipSync('ok'), { text: 'ok', ended: 'whole' }],
		['deflate', deflateSync('ok'), { text: 'ok', ended: 'whole' }],
		['br', brotliCompressSync('ok'), { text: 'ok', ended: 'whole' }],
		['identity', Buffer.from('ok'), { text: 'ok', ended: 'whole' }],
		['gzip', Buffer.from('ok'), { text: '', ended: 'broken' }],
		['gzip', gzipSync('ok'.repeat(50)).subarray(0, -6), { text: 'ok'.repeat(50), ended: 'broken' }],
		['gzip', gzipSync('x'.repeat(30_000)), { text: 'x'.repeat(16 * 1024), ended: 'long' }],
		['br', brotliCompressSync('x'.repeat(30_000)), { text: 'x'.repeat(16 * 1024), ended: 'long' }],
		['gzip', gzipSync('x'.repeat(10_000_000)), { text: '', ended: 'broken' }],
		['zstd', Buffer.from('ok'), { text: '', ended: 'broken' }],
	])('is read although it comes as %s, which was not asked for', async (encoding, body, read) => {
		const head = `HTTP/1.1 200 OK\r\nContent-Encoding: ${encoding}\r\nContent-Length: ${body.length}\r\n\r\n`;
		const port = await listen(
			createServer(
				(socket) => void socket.on('error', () => undefined).once('data', () => socket.end(Buffer.concat([Buffer.from(head), body]))),
			),
		);
		expect(await postOnce(post({ url: `http://127.0.0.1:${port}/` }))).toMatchObject({ answer: { status: 200, ...read } });
	});

	it.each([
		['whole', 'ok', 'whole'],
		['of exactly 16 KiB', 'x'.repeat(16 * 1024), 'whole'],
		['without a body', '', 'whole'],
	])('tells that an answer is whole: %s', async (_, body, ended) => {
		const standIn = await startStandIn(() => ({ status: 200, body }));
		const end = await postOnce(post({ url: `${standIn.root}/` }));
		standIn.close();
		expect(end).toMatchObject({ answer: { text: body, ended } });
	});

	it('tells of an answer that never ends that it broke off, with what came', async () => {
		const slow = await listen(
			createServer(
				(socket) =>
					void socket.on('error', () => undefined).once('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\no')),
			),
		);
		const end = await postOnce(post({ url: `http://127.0.0.1:${slow}/`, timeoutMs: 200 }));
		expect(end).toMatchObject({ answer: { status: 200, text: 'o', ended: 'broken' } });
	});

	it('reads of an answer that breaks off what came, and of a long one 16 KiB', async () => {
		const cut = await listen(
			createServer(
				(socket) =>
					void socket.on('error', () => undefined).once('data', () => socket.end('HTTP/1.1 400 Bad\r\nContent-Length: 99\r\n\r\nno_text')),
			),
		);
		expect(await postOnce(post({ url: `http://127.0.0.1:${cut}/` }))).toMatchObject({
			answer: { status: 400, text: 'no_text', ended: 'broken' },
		});
		const long = await startStandIn(() => ({ status: 400, body: 'x'.repeat(100_000) }));
		const end = await postOnce(post({ url: `${long.root}/` }));
		long.close();
		expect(end).toMatchObject({ answer: { text: expect.stringMatching(/^x{16384}$/), ended: 'long' } });
	});
});

describe('doctor', () => {
	const look = (url: string) =>
		checkEndpoint('webhook:sales', {
			own: endpointWithFormat('json', { URL: url }),
			environment: {},
			deadline: () => AbortSignal.timeout(500),
		} as never);

	it('connects to an endpoint, and requests nothing of it', async () => {
		const standIn = await startStandIn(() => ({ status: 200 }));
		const lines = await look(`${standIn.root}/s3cret`);
		standIn.close();
		expect(lines).toMatchObject([
			{ check: 'webhook:sales', level: 'ok', message: 'Its host answers. Its format is json. Only a message proves more (--send-test).' },
		]);
		expect(standIn.received).toEqual([]);
	});

	it('says what is in the way, and not where', async () => {
		const nobody = await startNobody();
		const silent = await listen(createServer(() => undefined));
		const lines = [
			...(await look(`${nobody.root}/s3cret`)),
			...(await look('https://10.0.0.1/s3cret')),
			...(await look(`https://localhost:${silent}/s3cret`)),
			...(await look('https://nowhere.invalid/s3cret')),
		];
		nobody.close();
		expect(lines.map(({ level, message }) => `${level}: ${message}`)).toEqual([
			'failure: Its host cannot be reached (ECONNREFUSED). Its format is json.',
			'failure: Its host has a private address, which is not called.',
			'failure: Its host has a private address, which is not called.',
			expect.stringMatching(/^failure: Its host cannot be reached \((ENOTFOUND|EAI_AGAIN)\)/),
		]);
		expect(JSON.stringify(lines)).not.toMatch(/s3cret|127\.0\.0\.1|10\.0\.0\.1|nowhere/);
	});
});
