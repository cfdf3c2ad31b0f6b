import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { toText } from '../../../tools/doctor/to-text.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { runTool } from './doctor-tool.ts';

const right = {
	LEAD_DESTINATIONS: 'email;crm',
	EMAIL_FROM: 'leads@contoso.example',
	EMAIL_TO: 'sales@contoso.example',
	DATAVERSE_URL: 'https://contoso.crm4.dynamics.com',
	AzureWebJobsStorage: 'UseDevelopmentStorage=true',
};

let folder: ReturnType<typeof tempFolder>;
let nothing: string[];
beforeEach(() => {
	folder = tempFolder();
	const settings = join(folder.path, 'none.json');
	writeFileSync(settings, '{}');
	nothing = ['--data', folder.path, '--settings', settings];
});
afterEach(() => folder.remove());

describe('npm run doctor', () => {
	it('calls nobody without --live, and says so', async () => {
		const deps = () => ({
			fetch: async () => {
				throw new Error('somebody was called');
			},
			tokensOf: () => async () => {
				throw new Error('a token was asked for');
			},
		});
		const { code, out } = await runTool(nothing, { environment: right, deps });
		expect(out).toMatch(/^ok {7}settings {10}All settings are valid: 4 set/m);
		expect(out).toContain('npm start does not run here (there is no ');
		expect(out).toMatch(/\n9 ok\. No service was called: use --live\.\n$/);
		expect(code).toBe(0);
	});

	it('has exit code 1 when something fails, with what to do below it', async () => {
		const { code, out } = await runTool(nothing, { environment: { ...right, EMAIL_FROM: undefined } });
		expect(out).toMatch(/^failure {2}settings +EMAIL_FROM is missing\. Allowed: .*\n +→ Set EMAIL_FROM in local\.settings\.json/m);
		expect(code).toBe(1);
	});

	it('has exit code 0 when there are only warnings', async () => {
		expect(await runTool(nothing, { environment: { ...right, EMAIL_LOCALE: 'Klingon!' } })).toMatchObject({
			code: 0,
			out: expect.stringContaining('1 warning, '),
		});
	});

	it('as JSON gives the same lines', async () => {
		const { code, out } = await runTool([...nothing, '--json'], { environment: {} });
		const { status, live, checks } = JSON.parse(out);
		expect({ code, status, live }).toEqual({ code: 1, status: 'failure', live: false });
		expect(checks).toContainEqual({
			check: 'settings',
			level: 'failure',
			message: expect.stringContaining('LEAD_DESTINATIONS is missing'),
			next: expect.any(String),
		});
	});

	it('refuses a file of settings that is not there, with exit code 2', async () => {
		const file = join(folder.path, 'loacl.settings.json');
		expect(await runTool(['--settings', file])).toEqual({ code: 2, out: '', notes: `There is no file ${file}.\n`, questions: [] });
	});

	it('puts the environment over local.settings.json', async () => {
		const file = join(folder.path, 'local.settings.json');
		writeFileSync(file, JSON.stringify({ Values: { ...right, EMAIL_LOCALE: 'Klingon!' } }));
		expect((await runTool(['--data', folder.path, '--settings', file])).out).toContain('EMAIL_LOCALE is not a known locale');
		expect((await runTool(['--data', folder.path, '--settings', file], { environment: { EMAIL_LOCALE: 'de-AT' } })).out).toContain(
			'All settings are valid',
		);
	});

	it('takes storage and sandbox of the app that npm start runs, not of one that is dead', async () => {
		const write = (workerPid: number) =>
			writeFileSync(
				join(folder.path, 'ready.json'),
				JSON.stringify({
					intakeUrl: 'http://127.0.0.1:1/api/leads?code=secret',
					sandboxUrl: 'http://127.0.0.1:2',
					workerPid,
					storage: 'UseDevelopmentStorage=true',
				}),
			);
		write(process.pid);
		const alive = await runTool(nothing);
		expect(alive.out).toContain('The app that npm start runs');
		expect(alive).toMatchObject({ code: 0, out: expect.not.stringContaining('secret') });
		write(2 ** 30);
		expect((await runTool(nothing)).out).toContain('npm start does not run any more: ');
	});

	it.each([
		['an option that is none', ['--lvie'], '--live'],
		['a word too many', ['live'], 'too many arguments'],
		['a URL that is none', ['--send-test', '--url', 'contoso'], 'Give an http or https address.'],
		['a URL without a test lead', ['--url', 'https://contoso.example/api/leads'], '--url and --account need --send-test'],
		['a test lead with no way to go', ['--send-test'], 'Start the app (npm start), or give the address'],
	])('refuses %s with exit code 2', async (_, args, words) => {
		const { code, notes, out } = await runTool([...nothing, ...args]);
		expect(notes).toContain(words);
		expect({ code, out }).toEqual({ code: 2, out: '' });
	});

	it('refuses settings that cannot be read with exit code 2', async () => {
		const file = join(folder.path, 'local.settings.json');
		writeFileSync(file, '{ "Values": ');
		expect(await runTool(['--data', folder.path, '--settings', file])).toMatchObject({
			code: 2,
			notes: expect.stringContaining('is not JSON'),
		});
	});
});

describe('the text for a terminal', () => {
	it('is coloured by level only when asked for, and holds no control characters', () => {
		const lines = [{ check: 'token', level: 'failure' as const, message: 'It says \u001b[31mred', next: 'Mend it.' }];
		const plain = toText(lines, { where: 'Here.', called: true, colour: false });
		expect(plain).toBe('Here.\n\nfailure  token  It says red\n                → Mend it.\n\n1 failure.\n');
		expect(toText(lines, { where: 'Here.', called: true, colour: true })).toContain('\u001b[31mfailure');
	});
});
