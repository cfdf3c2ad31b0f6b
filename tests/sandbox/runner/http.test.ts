import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { type RunningApp, runApp } from '../../support/run-app.ts';

jest.setTimeout(30_000); // processes are started

interface Echo {
	method: string;
	url: string;
	query: Record<string, string>;
	params: Record<string, string>;
	headers: Record<string, string>;
	length: number;
	text: string;
}

const inChunks = (...chunks: string[]) =>
	new ReadableStream({
		start: (controller) => {
			for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
			controller.close();
		},
	});

describe.each([
	{ how: 'with HTTP streaming', settings: { STREAM: '1' } },
	{ how: 'without HTTP streaming', settings: {} },
])('An app $how', ({ settings }) => {
	const streams = 'STREAM' in settings;
	let app: RunningApp;
	beforeAll(async () => {
		app = await runApp('web', settings, { unansweredMs: 100 });
	});
	afterAll(() => app.stop());

	const ask = (path: string, init: RequestInit & { duplex?: 'half' } = {}) => fetch(`${app.origin}/api${path}`, init);
	const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
		ask(path, { method: 'POST', body, headers, duplex: 'half' });

	it('sees method, URL, query, route parameters, headers and body as the caller sent them', async () => {
		const response = await post('/Echo/a%20b/c?x=1&y=%C3%BC', 'hëllo', { 'x-some': 'thing' });
		expect([response.status, response.headers.get('x-seen')]).toEqual([201, 'yes']);
		expect(await response.json()).toMatchObject({
			method: 'POST',
			url: `${app.origin}/api/Echo/a%20b/c?x=1&y=%C3%BC`,
			query: { x: '1', y: 'ü' },
			params: { id: 'a b', part: 'c' },
			headers: { 'x-some': 'thing', 'content-type': 'text/plain;charset=UTF-8' },
			text: 'hëllo',
		});
	});

	it(`gets a body that was sent in chunks ${streams ? 'whole' : 'empty'}`, async () => {
		const { headers, text } = (await (await post('/echo/1', inChunks('in ', 'chunks'))).json()) as Echo;
		expect(headers).not.toHaveProperty('content-length');
		expect(text).toBe(streams ? 'in chunks' : '');
	});

	it('gets a megabyte whole', async () => {
		expect(((await (await post('/echo/1', 'x'.repeat(1_000_000))).json()) as Echo).length).toBe(1_000_000);
	});

	it('may answer before it has read a body', async () => {
		for (const _ of [1, 2]) {
			const response = await post('/early', 'x'.repeat(5_000_000));
			expect([response.status, await response.text()]).toEqual([413, 'too long']);
		}
		expect((await ask('/echo/literal')).status).toBe(200);
	});

	it('answers a HEAD without a body', async () => {
		const response = await ask('/echo/1', { method: 'HEAD' });
		expect([response.status, await response.text()]).toEqual([201, '']);
	});

	it('is asked for the literal route where a parameter would fit too', async () => {
		expect(await (await ask('/echo/literal')).text()).toBe('literal');
	});

	it.each([
		['an unknown path', '/nowhere', 'POST'],
		['a method that the function did not register', '/guarded', 'GET'],
		['a route that lacks a parameter', '/echo', 'POST'],
	])('is not asked for %s: 404, empty', async (_, path, method) => {
		const response = await ask(path, { method });
		expect([response.status, await response.text()]).toEqual([404, '']);
	});

	it(`that throws is ${streams ? 'not answered for' : 'answered for with an empty 500'}, and what it threw is logged`, async () => {
		const response = post('/failing', 'x');
		if (streams) await expect(response).rejects.toThrow('fetch failed');
		else expect([(await response).status, await (await response).text()]).toEqual([500, '']);
		const error = await eventually(() => app.linesAt('error').find((line) => line.includes('failed on purpose')));
		expect(error).toContain("Executed 'Failing' (Failed)");
		expect(app.ended).toContainEqual(expect.objectContaining({ function: 'Failing', ok: false }));
	});

	if (streams)
		it.each(['failing', 'silent', 'text', 'badHeader', 'brokenBody'])(
			'that gives no answer leaves its caller waiting, and it is said: %s',
			async (name) => {
				const text = async () => (await post(`/${name}`, 'x')).text();
				await expect(text()).rejects.toThrow(/fetch failed|terminated/);
				const error = await eventually(() =>
					app.linesAt('error').find((line) => new RegExp(`^${name} gave its caller no answer`, 'i').test(line)),
				);
				expect(error).toContain('the caller waits until it gives up');
			},
		);
	else
		it('that returns nothing is answered for with 204', async () => {
			expect((await post('/silent', 'x')).status).toBe(204);
		});

	it('sets several cookies', async () => {
		const cookies = (await ask('/cookies')).headers.getSetCookie();
		expect(cookies.map((cookie) => cookie.toLowerCase())).toEqual([
			expect.stringMatching(/^one=1;.*path=\/.*httponly.*samesite=lax/),
			expect.stringMatching(/^two=a%20b; max-age=60/),
		]);
	});

	it('logs what host.json lets through, in order, changed by its hooks', async () => {
		await ask('/logging');
		const lines = await eventually(() => {
			const lines = app.lines.filter((line) => line.function === 'Logging');
			return lines.some(({ message }) => message === 'after') && lines;
		});
		expect(lines.map(({ level, message }) => [level, message])).toEqual([
			['information', 'before'],
			['information', '{"event":"said"}'],
			['warning', 'warned and changed'],
			['error', 'erred'],
			['information', 'after'],
		]);
	});

	it('lives on when a caller goes away in the middle of a body', async () => {
		const socket = connect(app.ready.port, '127.0.0.1');
		socket.write('POST /api/echo/1 HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nonly so much');
		await new Promise((resolve) => socket.once('connect', resolve));
		socket.destroy();
		expect((await post('/echo/1', 'whole')).status).toBe(201);
		expect(app.deaths).toEqual([]);
	});

	if (streams)
		it('is asked although not one byte of the body has come', async () => {
			const socket = connect(app.ready.port, '127.0.0.1');
			try {
				socket.write('POST /api/logging HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n');
				const [answer] = (await once(socket, 'data')) as [Buffer];
				expect(answer.toString()).toMatch(/^HTTP\/1.1 204/);
			} finally {
				socket.destroy();
			}
		});

	it('sees an invocation id of the host, not of the caller', async () => {
		const before = app.ended.length;
		expect((await post('/echo/1', 'x', { 'x-ms-invocation-id': 'made-up' })).status).toBe(201);
		const [ended] = await eventually(() => app.ended.length > before && app.ended.slice(before));
		expect(ended?.invocationId).toMatch(/^[0-9a-f-]{36}$/);
	});
});

describe('The worker', () => {
	let app: RunningApp;
	beforeAll(async () => {
		app = await runApp('web', { STREAM: '1' });
	});
	afterAll(() => app.stop());

	it('says what it serves, and runs the app’s start hooks', async () => {
		expect(app.ready.functions).toContainEqual({ name: 'Guarded', type: 'httptrigger', path: 'api/guarded', key: app.keyOf('Guarded') });
		await eventually(() => app.output.includes('app started'));
	});

	it('is started anew on the same port when it dies, again and again', async () => {
		for (const deaths of [1, 2]) {
			await expect(fetch(`${app.origin}/api/crashing`)).rejects.toThrow('fetch failed');
			await eventually(() => app.pids.length === deaths + 1);
			expect(await (await fetch(`${app.origin}/api/echo/literal`)).text()).toBe('literal');
		}
		expect(app.deaths).toEqual(['exit code 3', 'exit code 3']);
		expect(new Set(app.pids).size).toBe(3);
		expect(app.pid()).toBe(app.pids.at(-1));
	});

	it('is started anew when a function takes longer than functionTimeout', async () => {
		const deaths = app.deaths.length;
		await expect(fetch(`${app.origin}/api/hanging`)).rejects.toThrow('fetch failed');
		await eventually(() => app.deaths.length > deaths && app.pids.length === app.deaths.length + 1);
		expect(app.linesAt('error').at(-1)).toContain("exceeded by function 'Hanging'");
	});
});

describe('An app that cannot be loaded', () => {
	it('has no functions, not even those registered before it broke, and says so loudly', async () => {
		const app = await runApp('broken');
		try {
			expect(app.ready.functions).toEqual([]);
			expect(app.linesAt('critical')).toEqual([expect.stringContaining('Unable to load entry point "main.cjs": Error: broken on purpose')]);
			expect((await fetch(`${app.origin}/api/early`)).status).toBe(404);
		} finally {
			await app.stop();
		}
	});
});

describe('Stopping', () => {
	it('lets a running invocation end, and runs the app’s end hooks', async () => {
		const app = await runApp('web', { STREAM: '1' });
		const answer = fetch(`${app.origin}/api/slow`);
		await eventually(() => app.output.includes('slow began'));
		await app.stop();
		expect(await (await answer).text()).toBe('slow');
		expect(app.output).toContain('app terminated');
		await expect(fetch(`${app.origin}/api/echo/literal`)).rejects.toThrow('fetch failed');
		expect(app.deaths).toEqual([]);
	});

	it('kills a worker that does not end within the grace', async () => {
		const app = await runApp('web', { STREAM: '1' });
		const answer = fetch(`${app.origin}/api/hanging`).catch(() => 'cut off');
		await eventually(() => fetch(`${app.origin}/api/echo/literal`).then(({ ok }) => ok));
		await app.stop(50);
		expect(await answer).toBe('cut off');
	});
});
