import { once } from 'node:events';
import { type AddressInfo, createServer, Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listenOnLoopback } from '../../../sandbox/runner/listen-on-loopback.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const { listen } = Server.prototype;
const folder = tempFolder();
beforeAll(listenOnLoopback);
afterAll(() => {
	Server.prototype.listen = listen;
	folder.remove();
});

/** Where it listens; closed again. */
async function addressOf(open: (server: Server, called: () => void) => Server): Promise<string> {
	let calls = 0;
	const server = createServer();
	open(server, () => calls++);
	await once(server, 'listening');
	const address = server.address() as AddressInfo | string;
	server.close();
	return `${typeof address === 'string' ? 'path' : address.address}, called ${calls}`;
}

describe('a server of the app', () => {
	it.each<[string, (server: Server, called: () => void) => Server, string]>([
		['nothing', (server) => server.listen(), '127.0.0.1, called 0'],
		['a callback', (server, called) => server.listen(called), '127.0.0.1, called 1'],
		['a port', (server) => server.listen(0), '127.0.0.1, called 0'],
		['a port in text', (server, called) => server.listen('0' as never, called), '127.0.0.1, called 1'],
		['a port and a callback', (server, called) => server.listen(0, called), '127.0.0.1, called 1'],
		['a port and a backlog', (server, called) => server.listen(0, 5, called), '127.0.0.1, called 1'],
		['options', (server, called) => server.listen({ port: 0 }, called), '127.0.0.1, called 1'],
		['an address', (server, called) => server.listen(0, '127.0.0.2', called), '127.0.0.2, called 1'],
		['an address in options', (server) => server.listen({ port: 0, host: '127.0.0.2' }), '127.0.0.2, called 0'],
		['a path', (server, called) => server.listen(join(folder.path, 'socket'), called), 'path, called 1'],
	])('that is told %s listens on this machine alone', async (_, open, expected) => {
		expect(await addressOf(open)).toBe(expected);
	});
});
