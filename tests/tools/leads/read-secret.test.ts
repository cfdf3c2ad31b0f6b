import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { readSecret } from '../../../tools/leads/read-secret.ts';

const url = 'https://contoso.azurewebsites.net/api/leads?code=abc';

async function read(given: string | undefined, { stdin = [], isTTY = false, environment = {} as Record<string, string> } = {}) {
	const notes: string[] = [];
	const input = Object.assign(Readable.from(stdin), { isTTY });
	const value = await readSecret(
		{ option: '--url', given, variable: 'LEAD_URL' },
		{ environment, stdin: input, note: (text) => void notes.push(text) },
	).catch((error: Error) => error.message);
	return { value, notes };
}

describe('a value that holds a key', () => {
	it('comes from the environment', async () => {
		expect(await read(undefined, { environment: { LEAD_URL: ` ${url}\n` } })).toEqual({ value: url, notes: [] });
		expect(await read(undefined, { environment: { LEAD_URL: ' ' } })).toEqual({ value: undefined, notes: [] });
		expect(await read(undefined)).toEqual({ value: undefined, notes: [] });
	});

	it.each([[[`${url}\n`]], [[url]], [['\n', ' ', url, '\r\nmore\n']], [['https://contoso.azure', 'websites.net/api/leads?code=abc\n']]])(
		'comes from the first line of standard input: %j',
		async (stdin) => {
			expect(await read('-', { stdin: stdin as never[], environment: { LEAD_URL: 'other' } })).toEqual({ value: url, notes: [] });
		},
	);

	it('is asked for in a terminal, and missed when nothing comes', async () => {
		expect(await read('-', { stdin: [url] as never[], isTTY: true })).toEqual({
			value: url,
			notes: ['Paste the value of --url, then press Enter:'],
		});
		expect(await read('-')).toEqual({ value: '--url - reads from standard input, and nothing came.', notes: [] });
	});

	it.each([
		url,
		'https://contoso.example/api/leads?x=1&code=abc',
		'DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=a2V5;EndpointSuffix=core.windows.net',
		'TableEndpoint=https://contoso.table.core.windows.net;SharedAccessSignature=sv=1&sig=abc',
		'https://127.0.0.1@contoso.example/api/leads?code=abc',
	])('works on the command line, with a warning that does not repeat it: %s', async (given) => {
		const { value, notes } = await read(given);
		expect(value).toBe(given);
		expect(notes).toEqual([expect.stringMatching(/^Warning: --url with its key can be read .* LEAD_URL, or give --url - /)]);
		expect(notes.join()).not.toMatch(/abc|a2V5/);
	});

	it.each([
		'http://127.0.0.1:7071/api/leads?code=abc',
		'http://localhost:7071/api/leads?code=abc',
		'http://[::1]:7071/api/leads?code=abc',
		'UseDevelopmentStorage=true',
		'AccountName=devstoreaccount1;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:1/devstoreaccount1;QueueEndpoint=http://127.0.0.1:1/devstoreaccount1;',
		'https://contoso.example/api/leads',
	])('needs no warning where it is no secret elsewhere: %s', async (given) => {
		expect(await read(given)).toEqual({ value: given, notes: [] });
	});
});
