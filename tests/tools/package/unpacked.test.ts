import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Local, startLocal } from '../../../sandbox/start/start-local.ts';
import { lookAtBoard } from '../../../tools/doctor/look-at-board.ts';
import { type RegisteredFunction, registeredFunctions } from '../../support/registered-functions.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { unpackPackage } from '../../support/unpack-package.ts';

jest.setTimeout(60_000); // bundles, starts storage and a worker

const folder = tempFolder();
let registered: RegisteredFunction[];
beforeAll(async () => {
	await unpackPackage(folder.path);
	registered = registeredFunctions(folder.path);
});
afterAll(folder.remove);

/** The functions that HTTP triggers, with the path and the method of a call. */
const routes = () =>
	registered.flatMap(({ name, bindings }) =>
		Object.values(bindings).flatMap(({ type, authLevel, route = name, methods = ['GET'] }) =>
			type === 'httpTrigger' ? [{ name, authLevel, path: `/${route.replace(/\{[^}]*\}/g, '1')}`, methods }] : [],
		),
	);

describe('the package, unpacked into an empty folder', () => {
	it('loads with nothing beside it, and registers every function, also without a single setting', () => {
		const inMain = [...readFileSync('main.ts', 'utf8').matchAll(/^app\.\w+\(\s*'(\w+)'/gm)].map(([, name]) => name);
		expect(registered.map(({ name }) => name).sort()).toEqual(inMain.sort());
		expect(inMain).toEqual(expect.arrayContaining(['LeadDelivery', 'LeadIntake', 'LeadSweep']));
	});

	it('opens no route to everybody: each asks for a key, but the board, which asks for a sign-in', () => {
		expect(routes()).toContainEqual(expect.objectContaining({ name: 'LeadIntake', authLevel: 'function', path: '/api/leads' }));
		const open = routes().filter(({ authLevel }) => authLevel !== 'function' && authLevel !== 'admin');
		expect(open.map(({ path }) => path)).toEqual(['/board/1', '/api/board/1']);
	});
});

describe('the package, run from an empty folder', () => {
	let local: Local;
	beforeAll(async () => {
		local = await startLocal({ app: folder.path, signIn: false });
	});
	afterAll(() => local.stop());

	it("refuses LeadIntake's key at every other route, and at the admin endpoints", async () => {
		const { origin, searchParams } = new URL(local.intakeUrl);
		const code = `?code=${encodeURIComponent(searchParams.get('code') ?? '')}`;
		const elsewhere = [
			...routes()
				.filter(({ name, authLevel }) => name !== 'LeadIntake' && authLevel !== 'anonymous')
				.flatMap(({ path, methods }) => methods.map((method) => ({ method, path }))),
			...registered.map(({ name }) => ({ method: 'POST', path: `/admin/functions/${name}` })),
		];
		expect(elsewhere.length).toBeGreaterThanOrEqual(registered.length);
		for (const { method, path } of elsewhere) {
			const { status } = await fetch(`${origin}${path}${code}`, { method, ...(method === 'POST' && { body: '{"input":""}' }) });
			expect(`${method} ${path} ${status}`).toBe(`${method} ${path} 401`);
		}
	});

	it('shows nothing of the board to anyone while sign-in is off, whoever they say they are', async () => {
		const { origin } = new URL(local.intakeUrl);
		const lines = await lookAtBoard({ url: origin }, { fetch, deadline: (ms) => AbortSignal.timeout(ms) });
		expect(lines).toEqual([
			expect.objectContaining({ level: 'warning', message: expect.stringContaining('the app refused by itself (403)') }),
		]);
		for (const method of ['GET', 'POST'])
			for (const path of ['/board', '/board/', '/BOARD/leads', '/board/leads/1', '/api/board', '/api/board/leads', '/api/board/acts']) {
				const { status, headers } = await fetch(`${origin}${path}`, { method });
				expect(`${method} ${path} ${status} ${headers.get('cache-control')}`).toBe(`${method} ${path} 403 no-store`);
			}
	});
});
