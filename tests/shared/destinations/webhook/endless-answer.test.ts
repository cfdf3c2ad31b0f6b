import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { tempFolder } from '../../../support/temp-folder.ts';

const folder = tempFolder();
const bundle = join(folder.path, 'post-once.cjs');

/** Answers without an end: of a body that is read, of a refusal, and of a success that no one reads. */
const server = createServer((socket) => {
	const more = Buffer.alloc(65_536, 'x');
	const pump = () => {
		while (!socket.destroyed && socket.write(more));
	};
	socket.on('error', () => undefined).on('drain', pump);
	socket.once('data', (request) => {
		socket.write(`HTTP/1.1 ${String(request).includes('/refusal') ? '400 Bad Request' : '200 OK'}\r\n\r\n`);
		pump();
	});
});

beforeAll(async () => {
	await build({ entryPoints: ['shared/destinations/webhook/send/post-once.ts'], bundle: true, platform: 'node', outfile: bundle });
	await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => {
	server.close();
	folder.remove();
});

it('sixteen answers without an end at once cost less than 10 MiB, and end at 16 KiB', async () => {
	const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const client = `
		const { postOnce } = require(${JSON.stringify(bundle)});
		const post = (_, index) => postOnce({
			url: ${JSON.stringify(root)} + (index % 2 ? '/refusal' : '/'), headers: {}, body: Buffer.from('{}'), readsSuccess: index % 3 > 0,
			rules: { privateNetworks: [], loopback: true }, timeoutMs: 20_000, signal: new AbortController().signal });
		const before = process.memoryUsage.rss();
		let most = before;
		const watch = setInterval(() => { most = Math.max(most, process.memoryUsage.rss()); }, 1);
		Promise.all(Array.from({ length: 16 }, post)).then((ends) => {
			clearInterval(watch);
			console.log(JSON.stringify({ grown: Math.max(most, process.memoryUsage.rss()) - before, ends }));
		});`;
	const child = spawn(process.execPath, ['-e', client], { stdio: ['ignore', 'pipe', 'inherit'] });
	const said: string[] = [];
	child.stdout.setEncoding('utf8').on('data', (text: string) => void said.push(text));
	await once(child, 'close');
	const { grown, ends } = JSON.parse(said.join('')) as { grown: number; ends: { answer: { text: string; ended: string } }[] };
	expect(grown).toBeLessThan(10 * 2 ** 20);
	const read = ends.map(({ answer }) => `${answer.text.length} ${answer.ended}`);
	expect(new Set(read)).toEqual(new Set(['16384 long', '0 whole']));
});
