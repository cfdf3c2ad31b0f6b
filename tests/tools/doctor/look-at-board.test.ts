import { describe, expect, it } from '@jest/globals';
import { lookAtBoard } from '../../../tools/doctor/look-at-board.ts';

type Answer = (path: string, headers: Record<string, string>) => { status: number; body?: string };

/** An app whose front end answers like this. */
const look = (answer: Answer) =>
	lookAtBoard(
		{ url: 'https://app.example/anything', clientId: 'client', tenantId: 'tenant' },
		{
			deadline: () => AbortSignal.timeout(1000),
			fetch: async (input, init) => {
				const { status, body = '' } = answer(
					String(input).slice('https://app.example'.length),
					(init?.headers ?? {}) as Record<string, string>,
				);
				return new Response(body, { status, headers: status === 302 ? { location: 'https://login.microsoftonline.com/' } : {} });
			},
		},
	);
/** As it is meant to be: sign-in for everything but the intake's path. */
const closed: Answer = (path) => ({ status: path === '/api/leads' ? 401 : 302 });
const board = '<title>Today · Lead board</title>';

describe('a look at the board from outside', () => {
	it('finds nothing to complain of when the platform asks for a sign-in everywhere but at the intake', async () => {
		expect(await look(closed)).toEqual([expect.objectContaining({ check: 'board', level: 'ok' })]);
	});

	it('asks with a principal that has every role of the tenant and the client', async () => {
		const asked: string[] = [];
		await look((path, headers) => {
			const principal = headers['x-ms-client-principal'];
			asked.push(`${path} ${principal ? Buffer.from(principal, 'base64').toString() : 'nobody'}`);
			return closed(path, headers);
		});
		expect(asked).toContain('/board nobody');
		expect(asked.filter((line) => /^\/api\/board\/leads .*"tenant".*Leads\.Act/.test(line))).toHaveLength(1);
	});

	it.each<[string, Answer, string]>([
		[
			'the board to everybody',
			(path, headers) => (path === '/board' ? { status: 200, body: board } : closed(path, headers)),
			'/board is open without a sign-in',
		],
		[
			'the board to a made-up principal',
			(path, headers) => (path === '/board' && headers['x-ms-client-principal'] ? { status: 200, body: board } : closed(path, headers)),
			'/board is open with a made-up principal',
		],
		[
			'leads as JSON to a made-up principal',
			(path, headers) =>
				path === '/api/board/leads' && headers['x-ms-client-principal'] ? { status: 200, body: '{}' } : closed(path, headers),
			'/api/board/leads is open with a made-up principal',
		],
		[
			'the board beside the intake',
			(path, headers) => (path === '/api//leads' ? { status: 200, body: board } : closed(path, headers)),
			'/api//leads is answered 200',
		],
		['a sign-in to the marketplace', () => ({ status: 302 }), '/api/leads is sent to a sign-in'],
	])('fails for an app that shows %s', async (_, answer, message) => {
		expect(await look(answer)).toContainEqual(expect.objectContaining({ level: 'failure', message: expect.stringContaining(message) }));
	});

	it('warns of an app that has to refuse by itself', async () => {
		expect(await look((path) => ({ status: path.startsWith('/api/leads') ? 401 : 403 }))).toEqual([
			expect.objectContaining({ level: 'warning' }),
		]);
	});

	it('says when nothing answers', async () => {
		const fetch = async () => Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: { code: 'ENOTFOUND' } }));
		const lines = await lookAtBoard({ url: 'https://app.example' }, { fetch, deadline: () => AbortSignal.timeout(1000) });
		expect(lines).toEqual([expect.objectContaining({ level: 'failure', message: '/board did not answer (ENOTFOUND).' })]);
	});
});
