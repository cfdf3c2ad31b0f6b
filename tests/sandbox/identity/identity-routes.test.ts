import { ManagedIdentityCredential } from '@azure/identity';
import { describe, expect, it } from '@jest/globals';
import { sandboxClientId, sandboxIdentityHeader, sandboxSettings } from '../../../sandbox/sandbox-settings.ts';
import { openSandbox } from '../open-sandbox.ts';

const ask = async (url: string, change: Record<string, string | undefined> = {}, header: string | undefined = sandboxIdentityHeader) => {
	const all = { resource: `${url}/graph`, 'api-version': '2019-08-01', client_id: sandboxClientId, ...change };
	const query = new URLSearchParams(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
	const response = await fetch(`${url}/identity/token?${query}`, { headers: { ...(header && { 'x-identity-header': header }) } });
	return { status: response.status, body: (await response.json()) as Record<string, string> };
};

describe('the managed identity stand-in', () => {
	it('gives the real ManagedIdentityCredential a token that Graph takes', async () => {
		const { url, sendMail } = await openSandbox();
		const settings = sandboxSettings(url);
		const names = ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER'] as const;
		const before = names.map((name) => process.env[name]);
		try {
			for (const name of names) process.env[name] = settings[name];
			const credential = new ManagedIdentityCredential({ clientId: sandboxClientId, retryOptions: { maxRetries: 0 } });
			const token = await credential.getToken(`${settings.GRAPH_BASE_URL}/.default`);
			expect(token.expiresOnTimestamp).toBeGreaterThan(Date.now());
			expect((await sendMail({}, { authorization: `Bearer ${token.token}` })).status).toBe(400);
		} finally {
			for (const [index, name] of names.entries()) {
				const value = before[index];
				if (value === undefined) delete process.env[name];
				else process.env[name] = value;
			}
		}
	});

	it('answers as App Service does', async () => {
		const { url } = await openSandbox({ clock: () => 1_700_000_000_000 });
		const { status, body } = await ask(url);
		expect({ status, ...body, access_token: typeof body.access_token }).toEqual({
			status: 200,
			access_token: 'string',
			expires_on: '1700086400',
			resource: `${url}/graph`,
			token_type: 'Bearer',
			client_id: sandboxClientId,
		});
	});

	it.each([
		['in capitals, as App Service', { status: 400, body: { StatusCode: 400, Message: 'no identity' } }, 400, 'no identity'],
		['in small letters, as others', { status: 404, body: { statusCode: 404, message: 'no identity' } }, 404, 'no identity'],
		['as an endpoint that moves', { status: 410, body: { error: 'gone' } }, 410, 'gone'],
	])('can refuse %s', async (_, fault, status, words) => {
		const { url, setFaults } = await openSandbox();
		await setFaults({ identity: fault });
		const answer = await ask(url);
		expect([answer.status, JSON.stringify(answer.body)]).toEqual([status, expect.stringContaining(words)]);
	});

	it('can write the end of a token as a date', async () => {
		const { url, setFaults } = await openSandbox({ clock: () => 1_700_000_000_000 });
		expect((await setFaults({ identity: { kind: 'dates', count: 1 } })).status).toBe(200);
		expect((await ask(url)).body.expires_on).toBe('2023-11-15T22:13:20.000Z');
		expect((await ask(url)).body.expires_on).toBe('1700086400');
		expect((await setFaults({ graph: { kind: 'dates' } })).status).toBe(400);
	});

	it('takes a system-assigned identity to be the only one there is', async () => {
		const { url } = await openSandbox();
		expect((await ask(url, { client_id: undefined })).status).toBe(200);
	});

	it.each([
		['no header', 401, {}, ''],
		['a wrong header', 401, {}, 'guess'],
		['another protocol version', 400, { 'api-version': '2017-09-01' }, undefined],
		['no protocol version', 400, { 'api-version': undefined }, undefined],
		['no resource', 400, { resource: undefined }, undefined],
		['an identity that is not assigned', 400, { client_id: '00000000-0000-0000-0000-000000000000' }, undefined],
	])('refuses %s with %i', async (_, status, change, header) => {
		const { url } = await openSandbox();
		const answer = await ask(url, change, header);
		expect({ ...answer, body: Object.keys(answer.body) }).toEqual({ status, body: ['StatusCode', 'Message', 'CorrelationId'] });
	});
});
