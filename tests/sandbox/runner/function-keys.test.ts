import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type FunctionKeys, levelOfKey, readFunctionKeys } from '../../../sandbox/runner/function-keys.ts';
import { type RunningApp, runApp } from '../../support/run-app.ts';
import { tempFolder } from '../../support/temp-folder.ts';

jest.setTimeout(30_000); // processes are started

describe('Function keys', () => {
	let folder: ReturnType<typeof tempFolder>;
	let file: string;
	beforeEach(() => {
		folder = tempFolder();
		file = join(folder.path, 'keys.json');
	});
	afterEach(() => folder.remove());

	it('are made once, and kept where only their owner reads them', () => {
		const keys = readFunctionKeys(file, ['One', 'Two']);
		expect(readFunctionKeys(file, ['One', 'Two'])).toEqual(keys);
		expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(keys);
		if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
		const all = [keys.master, ...Object.values(keys.host), ...Object.values(keys.functions).flatMap((named) => Object.values(named))];
		expect(new Set(all).size).toBe(4);
		for (const key of all) expect(key).toMatch(/^[\w-]{43}==$/);
	});

	it('are added for a function that is new, those of others untouched', () => {
		const { functions } = readFunctionKeys(file, ['One']);
		expect(readFunctionKeys(file, ['One', 'Two']).functions).toEqual({ ...functions, Two: { default: expect.any(String) } });
	});

	it('can be rotated by hand: a second one works beside the first', () => {
		const keys = readFunctionKeys(file, ['One']);
		writeFileSync(file, JSON.stringify({ ...keys, functions: { One: { ...keys.functions.One, next: 'new-key' } } } satisfies FunctionKeys));
		const rotated = readFunctionKeys(file, ['One']);
		expect([keys.functions.One?.default, 'new-key'].map((key) => levelOfKey(rotated, key, 'One'))).toEqual(['function', 'function']);
	});
});

describe('A function', () => {
	let app: RunningApp;
	let keys: FunctionKeys;
	let folder: ReturnType<typeof tempFolder>;
	beforeAll(async () => {
		folder = tempFolder();
		app = await runApp('web', { STREAM: '1' }, { data: folder.path });
		keys = JSON.parse(readFileSync(join(folder.path, 'keys.json'), 'utf8')) as FunctionKeys;
	});
	afterAll(() => app.stop().finally(folder.remove));

	const post = async (path: string, { code, header }: { code?: string | undefined; header?: string | undefined }) => {
		const query = code === undefined ? '' : `?code=${code}`;
		const response = await fetch(`${app.origin}/api/${path}${query}`, {
			method: 'POST',
			headers: header === undefined ? {} : { 'x-functions-key': header },
		});
		return { status: response.status, text: await response.text() };
	};

	it.each([
		['no key', {}],
		['a wrong key', { code: 'wrong' }],
		['an empty key', { code: '' }],
		['another function’s key', { code: 'Other' }],
		['a wrong header beside the right code', { header: 'wrong', code: 'Guarded' }],
		['an empty header beside the right code', { header: '', code: 'Guarded' }],
	])('with %s answers 401, empty', async (_, { code, header }: { code?: string; header?: string }) => {
		const own = code && keys.functions[code]?.default;
		expect(await post('guarded', { code: own ?? code, header })).toEqual({ status: 401, text: '' });
	});

	it('opens to its own key, in the query or in the header, which wins', async () => {
		const own = app.keyOf('Guarded');
		for (const key of [{ code: own }, { header: own }, { header: own, code: 'wrong' }])
			expect(await post('guarded', key)).toEqual({ status: 200, text: 'guarded' });
	});

	it('opens to a host key and to the master key', async () => {
		for (const code of [keys.host.default, keys.master]) expect((await post('guarded', { code })).status).toBe(200);
	});

	it('at level admin opens to the master key alone', async () => {
		const codes = [keys.functions.Managed?.default, keys.host.default, keys.master];
		expect(await Promise.all(codes.map(async (code) => (await post('managed', { code })).status))).toEqual([401, 401, 200]);
	});

	it('is not found rather than unauthorized where the path or the method is wrong', async () => {
		expect((await fetch(`${app.origin}/api/nowhere`)).status).toBe(404);
		expect((await fetch(`${app.origin}/api/guarded`)).status).toBe(404);
	});

	it('cannot be run by the admin endpoint without the master key', async () => {
		const run = (key: string | undefined) =>
			fetch(`${app.origin}/admin/functions/Guarded`, { method: 'POST', body: '{"input":""}', headers: { 'x-functions-key': key ?? '' } });
		expect(await Promise.all([undefined, keys.host.default].map(async (key) => (await run(key)).status))).toEqual([401, 401]);
	});
});
