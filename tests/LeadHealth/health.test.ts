import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Health } from '../../LeadHealth/check-health.ts';
import type { FunctionKeys } from '../../sandbox/runner/function-keys.ts';
import { type Local, startLocal } from '../../sandbox/start/start-local.ts';
import { tempFolder } from '../support/temp-folder.ts';

describe('GET /api/health of the running app', () => {
	const folder = tempFolder();
	let local: Local;
	let keys: FunctionKeys;
	const ask = (path: string, key: string | undefined, method = 'GET') => {
		const headers = { 'x-functions-key': key ?? '' };
		return fetch(`${new URL(local.intakeUrl).origin}${path}`, { method, headers });
	};
	beforeAll(async () => {
		const dataFolder = join(folder.path, 'data');
		local = await startLocal({ dataFolder });
		keys = JSON.parse(readFileSync(join(dataFolder, 'keys.json'), 'utf8'));
	});
	afterAll(async () => {
		await local.stop();
		folder.remove();
	});
	const keyOf = (name: string) => Object.values(keys.functions[name] ?? {})[0];

	it('is opened by a key of its own: LeadIntake’s opens no other route, and no other key opens the intake', async () => {
		expect((await ask('/api/health', keyOf('LeadIntake'))).status).toBe(401);
		expect((await ask('/api/health', undefined)).status).toBe(401);
		expect((await ask('/api/leads', keyOf('LeadHealth'), 'POST')).status).toBe(401);
	});

	it('tells all that is looked at, and no value of a setting', async () => {
		const response = await ask('/api/health', keyOf('LeadHealth'));
		const text = await response.text();
		const { status, checks } = JSON.parse(text) as Health;
		const checked = new Set(checks.map(({ check }) => check));
		for (const check of [
			'settings',
			'host.json',
			'storage',
			'clock',
			'token',
			'mailbox',
			'dataverse',
			'privileges',
			'lead columns',
			'journal',
		])
			expect(checked).toContain(check);
		expect(checks.filter(({ level, check }) => level !== 'ok' && check !== 'node')).toEqual([]);
		expect([response.status, status === 'failure']).toEqual([200, false]);
		for (const value of ['contoso.example', '127.0.0.1', 'AccountKey']) expect(text).not.toContain(value);
	});

	it('serves the same look for a while', async () => {
		const looks = await Promise.all([1, 2, 3].map(async () => (await (await ask('/api/health', keyOf('LeadHealth'))).json()) as Health));
		expect(new Set(looks.map(({ checkedAt }) => checkedAt)).size).toBe(1);
	});
});
