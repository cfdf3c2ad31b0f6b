import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

let server: Server;
let url: string;
const asked: string[] = [];

beforeAll(async () => {
	server = createServer((request, response) => {
		asked.push(request.url ?? '');
		response.writeHead(202).end(JSON.stringify({ leadId: '0193-1', status: 'accepted' }));
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/leads?code=secret`;
});
afterAll(() => void server.close());

/** As a process of its own; `input` is its standard input. */
const run = (args: string[], { environment = {}, input = '' }: { environment?: Record<string, string>; input?: string }) =>
	new Promise<string>((resolve) => {
		const options = { env: { PATH: process.env.PATH, ...environment } };
		const child = execFile(
			process.execPath,
			[join('dist', 'tools', 'post.mjs'), '--file', 'published-2020', ...args],
			options,
			(_, out, notes) => resolve(out + notes),
		);
		child.stdin?.end(input);
	});

describe('npm run post', () => {
	it('takes the address with its key from the environment or from standard input, and shows no key', async () => {
		const said = await Promise.all([
			run([], { environment: { LEAD_URL: url } }),
			run(['--url', '-'], { input: `${url}\n` }),
			run(['--url', '-'], {}),
			run(['--url', '-'], { input: 'contoso?code=secret' }),
		]);
		expect(asked).toEqual(['/api/leads?code=secret', '/api/leads?code=secret']);
		for (const [index, words] of [
			/202 accepted 0193-1/,
			/202 accepted 0193-1/,
			/nothing came/,
			/An http or https address is expected/,
		].entries())
			expect(said[index]).toMatch(words);
		expect(said.join()).not.toContain('secret');
	});
});
