import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';

let storage: TestStorage;

beforeAll(async () => {
	storage = await startTestStorage();
}, 30_000);
afterAll(() => storage.stop());

/** Runs what the build made of it, as `npm run leads` does. */
const run = async (...args: string[]) => {
	const env = { ...process.env, AzureWebJobsStorage: storage.connectionString };
	try {
		return { code: 0, ...(await promisify(execFile)(process.execPath, ['dist/tools/leads.mjs', ...args], { env })) };
	} catch (error) {
		return error as { code: number; stdout: string; stderr: string };
	}
};

describe('the leads command', () => {
	it('runs as a process of its own on a real journal, and ends with its exit code', async () => {
		expect(await run('list', '--json')).toMatchObject({ code: 1, stdout: '{\n  "leads": []\n}\n' });
		expect(await run('replay', '--yes')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Name lead ids') });
		const env = { PATH: process.env.PATH };
		const folder = await promisify(execFile)(process.execPath, ['dist/tools/leads.mjs', 'list', '--ready-file', 'docs'], { env }).catch(
			(error: unknown) => error,
		);
		expect(folder).toMatchObject({ code: 2, stderr: 'docs cannot be read: it is a folder: name a file.\n' });
	}, 30_000);
});
