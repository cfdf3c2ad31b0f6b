import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { postLeads } from '../../../tools/post/post-leads.ts';

let server: Server;
let url: string;
let answer: RequestListener;
let lines: string[];
const bodies: string[] = [];

beforeEach(async () => {
	lines = [];
	bodies.length = 0;
	server = createServer(async (request, response) => {
		bodies.push(Buffer.concat(await request.toArray()).toString());
		answer(request, response);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/leads?code=k`;
});
afterEach(() => {
	server.closeAllConnections();
	server.close();
});

const sample = (name: string, text = '{}') => ({ name, body: new Uint8Array(Buffer.from(text)) });
const json =
	(status: number, body: unknown): RequestListener =>
	(_, response) =>
		response.writeHead(status).end(JSON.stringify(body));
const post = (samples: { name: string; body: Uint8Array<ArrayBuffer> }[], timeoutMs = 5000) =>
	postLeads(url, samples, { fetch, timeoutMs, print: (line) => lines.push(line.replace(/ +/g, ' ')) });

describe('postLeads', () => {
	it('posts the bytes and prints what each was answered', async () => {
		answer = json(202, { leadId: '0193-1', status: 'accepted', receivedAt: '2026-11-23T00:00:00Z' });
		expect(await post([sample('one', '{"Email":"ä"}'), sample('two')])).toBe(true);
		expect(bodies).toEqual(['{"Email":"ä"}', '{}']);
		expect(lines).toEqual(['one 202 accepted 0193-1', 'two 202 accepted 0193-1']);
	});

	it('lets no answer act on the terminal', async () => {
		const hostile = 'not \u001b[2J\u009b1m\u202ea\u0007 lead';
		answer = (_, response) => response.writeHead(502).end(hostile);
		await post([sample('one')]);
		answer = json(400, { title: hostile, issues: [{ pointer: `/${hostile}`, detail: hostile }] });
		await post([sample('two')]);
		expect(lines.join('')).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
		expect(lines[0]).toBe('one 502 not a lead');
	});

	it('tells the issues of a refusal, goes on, and ends badly', async () => {
		answer = json(400, {
			title: 'Not a lead',
			issues: [
				{ pointer: '', detail: 'Is empty.' },
				{ pointer: '/Email', detail: 'Is blank.' },
			],
		});
		expect(await post([sample('one'), sample('two')])).toBe(false);
		expect(lines).toEqual([
			'one 400 Not a lead · /: Is empty. · /Email: Is blank.',
			'two 400 Not a lead · /: Is empty. · /Email: Is blank.',
		]);
	});

	it.each<[number, string, string]>([
		[401, '', 'the key (?code=…) is missing or wrong'],
		[404, '<h1>Not\nfound</h1>', '<h1>Not found</h1>'],
		[503, '{"title":"Try again"}', 'Try again'],
		[307, '', 'no body'],
	])('takes %i for a failure', async (status, body, words) => {
		answer = (_, response) => response.writeHead(status, { location: '/elsewhere' }).end(body);
		expect(await post([sample('one')])).toBe(false);
		expect(lines).toEqual([`one ${status} ${words}`]);
		expect(bodies).toHaveLength(1);
	});

	it('takes any 2xx of another receiver', async () => {
		answer = (_, response) => response.writeHead(204).end();
		expect(await post([sample('one')])).toBe(true);
	});

	it('stops when nothing listens, and asks the right question', async () => {
		server.close();
		await once(server, 'close');
		expect(await post([sample('one'), sample('two')])).toBe(false);
		expect(lines).toEqual([`one Nothing listens at ${new URL(url).origin}. Is \`npm start\` running?`]);
	});

	it('does not wait for ever', async () => {
		answer = () => undefined;
		expect(await post([sample('one')], 50)).toBe(false);
		expect(lines).toEqual([`one No answer from ${new URL(url).origin} within 0.05 s.`]);
	});

	it('survives a connection that is cut', async () => {
		answer = (request) => request.socket.destroy();
		expect(await post([sample('one')])).toBe(false);
		expect(lines[0]).toContain(`one No answer from ${new URL(url).origin}: UND_ERR_SOCKET`);
	});
});
