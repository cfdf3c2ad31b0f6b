import { describe, expect, it } from '@jest/globals';
import { createDrill } from '../../../sandbox/drill/drill.ts';
import { createFaultBoard } from '../../../sandbox/faults/fault-board.ts';
import { servicesCalled } from '../../../sandbox/start/services-called.ts';
import { openSandbox, validMail } from '../open-sandbox.ts';

const noon = Date.parse('2026-11-29T12:00:00Z');

/** A drill whose time passes when it is told to. */
function openDrill() {
	let now = noon;
	let timers: { at: number; work: () => void }[] = [];
	const board = createFaultBoard({ random: () => 0, changed: () => undefined });
	const later = (ms: number, work: () => void) => {
		const timer = { at: now + ms, work };
		timers.push(timer);
		return () => {
			timers = timers.filter((one) => one !== timer);
		};
	};
	return {
		board,
		drill: createDrill({ board, clock: () => now, later, services: () => ['graph', 'dataverse'] }),
		pass: (seconds: number) => {
			now += seconds * 1000;
			const due = timers.filter(({ at }) => at <= now);
			timers = timers.filter(({ at }) => at > now);
			for (const { work } of due) work();
		},
	};
}

describe('the outage drill', () => {
	it('cuts a service off for as long as it says, and no other', () => {
		const { drill, board, pass } = openDrill();
		drill.cutOff('graph', 60);
		expect(drill.all()).toEqual([{ service: 'graph', until: '2026-11-29T12:01:00.000Z' }, { service: 'dataverse' }]);
		expect([board.draw('graph'), board.draw('dataverse')]).toMatchObject([{ status: 503 }, undefined]);
		pass(59);
		expect(board.draw('graph')).toMatchObject({ status: 503 });
		pass(1);
		expect([board.draw('graph'), drill.all()]).toEqual([undefined, [{ service: 'graph' }, { service: 'dataverse' }]]);
	});

	it('ends when someone ends it, and a service that works stays as it is', () => {
		const { drill, board } = openDrill();
		drill.cutOff('graph', 60);
		drill.end('graph');
		drill.end('dataverse');
		expect([board.draw('graph'), drill.all()]).toEqual([undefined, [{ service: 'graph' }, { service: 'dataverse' }]]);
	});

	it('begins its time again when it is pressed again', () => {
		const { drill, board, pass } = openDrill();
		drill.cutOff('graph', 60);
		pass(50);
		drill.cutOff('graph', 60);
		pass(50);
		expect(board.draw('graph')).toMatchObject({ status: 503 });
		pass(10);
		expect(board.draw('graph')).toBeUndefined();
	});

	it.each([
		['another fault', { kind: 'hang', share: 1 } as const],
		['the same status for some requests', { kind: 'status', status: 503, share: 0.5 } as const],
		['the same status for one hook', { kind: 'status', status: 503, share: 1, hook: 'sales' } as const],
		['the same status for a number of requests', { kind: 'status', status: 503, share: 1, count: 5 } as const],
	])('leaves %s alone that a script has set meanwhile', (_, fault) => {
		const { drill, board, pass } = openDrill();
		drill.cutOff('graph', 60);
		board.set({ graph: fault });
		expect(drill.all()).toContainEqual({ service: 'graph' });
		pass(60);
		drill.end('graph');
		expect(board.all().graph).toEqual(fault);
	});

	it('is over when the faults are cleared, and does not come back', () => {
		const { drill, board, pass } = openDrill();
		drill.cutOff('graph', 60);
		board.clear();
		expect(drill.all()).toContainEqual({ service: 'graph' });
		pass(60);
		expect(board.all().graph).toBeNull();
	});
});

describe('POST /drill', () => {
	const form = (fields: Record<string, string>) => new URLSearchParams(fields);
	const own = { 'sec-fetch-site': 'same-origin' };
	const called = () => ['graph', 'dataverse'] as const;
	const open = async () => {
		const sandbox = await openSandbox({ called });
		const press = (fields: Record<string, string>, headers: Record<string, string> = own) =>
			fetch(`${sandbox.url}/drill`, { method: 'POST', body: form(fields), headers, redirect: 'manual' });
		return { ...sandbox, press };
	};

	it('cuts a service off and ends it, for a page without script', async () => {
		const { press, url, sendMail, json } = await open();
		const pressed = await press({ service: 'graph', seconds: '60' });
		expect([pressed.status, pressed.headers.get('location')]).toEqual([303, '/drill']);
		expect((await sendMail(validMail())).status).toBe(503);
		expect(await (await fetch(`${url}/drill`)).text()).toMatch(/Graph is cut off\. It works again by itself at \d\d:\d\d:\d\d\./);
		await press({ service: 'graph', end: 'now' });
		expect([(await sendMail(validMail())).status, (await json<unknown[]>('/mailbox.json')).length]).toEqual([202, 1]);
	});

	it.each<[string, Record<string, string>]>([
		['another site', { 'sec-fetch-site': 'cross-site' }],
		['another port of this machine', { 'sec-fetch-site': 'same-site' }],
		['an address bar', { 'sec-fetch-site': 'none' }],
		['an older browser on another site', { origin: 'https://evil.example' }],
		['an older browser on another port', { origin: 'http://127.0.0.1:1' }],
		['a page that hides where it is from', { origin: 'null' }],
		['no browser', {}],
	])('does nothing for %s', async (_, headers) => {
		const { press, json } = await open();
		expect((await press({ service: 'graph', seconds: '60' }, headers)).status).toBe(403);
		expect(await json('/faults')).toMatchObject({ graph: null });
	});

	it('believes the origin that an older browser tells', async () => {
		const { press, url } = await open();
		expect((await press({ service: 'graph', seconds: '60' }, { origin: url })).status).toBe(303);
	});

	it.each([
		{ service: 'graph' },
		{ service: 'graph', seconds: '61' },
		{ service: 'graph', seconds: '-60' },
		{ service: 'identity', seconds: '60' },
		{ service: 'toString', seconds: '60' },
		{ seconds: '60' },
	])('does nothing for %j', async (fields) => {
		const { press, json } = await open();
		expect((await press(fields as Record<string, string>)).status).toBe(400);
		expect(await json('/faults')).toMatchObject({ graph: null, dataverse: null });
	});
});

describe('what changes something in the sandbox', () => {
	it.each([
		['PUT', '/faults'],
		['DELETE', '/faults'],
		['DELETE', '/mailbox.json'],
		['DELETE', '/crm.json'],
		['DELETE', '/requests.json'],
		['POST', '/graph/v1.0/users/leads@contoso.example/sendMail'],
	])('is refused to a foreign web page: %s %s', async (method, path) => {
		const { url } = await openSandbox();
		const body = method === 'DELETE' ? {} : { body: '{}' };
		const statuses = [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'http://evil.example' }].map(
			async (headers) => (await fetch(url + path, { method, headers, ...body })).status,
		);
		expect(await Promise.all(statuses)).toEqual([403, 403, 403]);
	});
});

describe('the services that the app calls here', () => {
	const url = 'http://127.0.0.1:7080';
	const usual = { GRAPH_BASE_URL: `${url}/graph`, DATAVERSE_URL: url };
	it.each([
		['both', usual, ['graph', 'dataverse']],
		['not the one that is elsewhere', { ...usual, DATAVERSE_URL: 'https://contoso.crm4.dynamics.com' }, ['graph']],
		['not the one of another sandbox', { ...usual, DATAVERSE_URL: 'http://127.0.0.1:70800' }, ['graph']],
		['none without settings', {}, []],
		['the webhooks too that are here', { ...usual, WEBHOOK_SALES_URL: `${url}/hooks/slack/sales` }, ['graph', 'dataverse', 'webhook']],
		['no webhook that is elsewhere', { ...usual, WEBHOOK_SALES_URL: 'https://hooks.example/1' }, ['graph', 'dataverse']],
	])('are %s', (_, settings, called) => {
		expect(servicesCalled(settings, url)).toEqual(called);
	});
});
