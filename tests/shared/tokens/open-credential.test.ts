import { ManagedIdentityCredential } from '@azure/identity';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { toTokenOutcome } from '../../../shared/destinations/http/to-token-outcome.ts';
import { asking, tokenEndpointClient } from '../../../shared/tokens/token-endpoint.ts';
import { type Reply, type StandIn, startStandIn } from '../../support/stand-in.ts';

let endpoint: StandIn;
let reply: Reply;
beforeEach(async () => {
	endpoint = await startStandIn(() => reply);
	Object.assign(process.env, { IDENTITY_ENDPOINT: endpoint.root, IDENTITY_HEADER: 'header' });
});
afterEach(() => {
	delete process.env.IDENTITY_ENDPOINT;
	delete process.env.IDENTITY_HEADER;
	endpoint.close();
});

/** Loaded anew: the identity's library remembers its endpoint and every token for the whole process. */
function open() {
	let library: typeof import('../../../shared/tokens/open-credential.ts') | undefined;
	jest.isolateModules(() => {
		library = jest.requireActual('../../../shared/tokens/open-credential.ts');
	});
	if (!library) throw new Error('the library was not loaded');
	const credential = library.openCredential('11111111-2222-3333-4444-555555555555');
	return { credential, getToken: library.getTokenFrom(credential) };
}

const scope = 'https://graph.microsoft.com/.default';
const soon = () => AbortSignal.timeout(20_000);
const failureOf = async () =>
	open()
		.getToken(scope, soon())
		.then(
			() => undefined,
			(error: unknown) => error,
		);

describe('the token endpoint', () => {
	const said = 'No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.';

	it.each([
		['App Service, in capitals', 400, { StatusCode: 400, Message: said, CorrelationId: 'x' }, said],
		['App Service, in small letters', 400, { statusCode: 400, message: said }, said],
		['OAuth', 401, { error: 'invalid_client', error_description: 'who is that' }, 'who is that'],
		['OData', 403, { error: { code: 'Forbidden', message: 'not you' } }, 'not you'],
		['a word', 400, { error: 'invalid_resource' }, 'invalid_resource'],
	])('refuses in the words of %s', async (_, status, body, words) => {
		reply = { status, body: JSON.stringify(body) };
		const error = await failureOf();
		expect(toTokenOutcome(error)).toMatchObject({
			kind: 'configuration',
			code: `token HTTP_${status}`,
			reason: `there was no token: the token endpoint answered ${status}: ${words}`,
		});
	});

	it.each([200, 400, 503])('that answers without end is cut off: %i', async (status) => {
		reply = { status, endless: true, body: '{"Message":"' };
		expect(toTokenOutcome(await failureOf())).toMatchObject({ code: `token HTTP_${status}` });
		expect(await endpoint.cutOff()).toBeLessThan(8 * 1024 * 1024); // what the connection itself holds
	});

	it.each([
		['throttling', { status: 429, body: JSON.stringify({ StatusCode: 429, Message: 'Too many requests' }) }, '429: Too many requests'],
		['trouble', { status: 500, body: JSON.stringify({ statusCode: 500, message: 'An unexpected error occured' }) }, '500: An unexpected'],
		['a page', { status: 502, body: '<html><body><h1>Bad  Gateway</h1></body></html>' }, '502: Bad Gateway'],
		['an empty trouble', { status: 503 }, '503'],
		['a page that is no trouble', { status: 200, body: '<html>Welcome</html>' }, '200 without a token: Welcome'],
		['a success that is a refusal', { status: 200, body: '{"StatusCode":400,"Message":"no"}' }, '200 without a token: no'],
		['an empty success', { status: 200 }, '200 without a token'],
		['an empty token', { status: 200, body: '{"access_token":"","expires_on":"1"}' }, '200 without a token'],
	])('is asked again after %s, whose words are kept', async (_, answer, words) => {
		reply = answer;
		expect(toTokenOutcome(await failureOf())).toMatchObject({
			kind: 'transient',
			code: `token HTTP_${answer.status}`,
			reason: expect.stringContaining(`the token endpoint answered ${words}`),
		});
	});

	it('is named when the connection breaks', async () => {
		reply = 'reset';
		const outcome = toTokenOutcome(await failureOf());
		expect(outcome).toMatchObject({ kind: 'transient', code: 'token ECONNRESET' });
		expect(outcome).toMatchObject({ reason: expect.stringContaining('the token endpoint cannot be reached (ECONNRESET)') });
	});

	it('lends its status to nobody who could take it for the status of storage', async () => {
		reply = { status: 404, body: '{"StatusCode":404,"Message":"not yet"}' };
		const error = await failureOf();
		expect(error).toMatchObject({ name: 'TokenError', code: 'HTTP_404', cause: { statusCode: 404 } });
		expect(error).not.toHaveProperty('statusCode');
		expect(endpoint.received).toHaveLength(1);
	});

	it.each([
		['seconds', () => String(Math.floor(Date.now() / 1000) + 7000)],
		['a number', () => Math.floor(Date.now() / 1000) + 7000],
		['ISO 8601', () => new Date(Date.now() + 7_000_000).toISOString()],
		['the way of .NET', () => new Date(Date.now() + 7_000_000).toISOString().replace('T', ' ').replace(/\..*/, ' +00:00')],
		['the way of RFC 1123', () => new Date(Date.now() + 7_000_000).toUTCString()],
		['milliseconds', () => Date.now() + 7_000_000],
	])('may tell the expiry in %s: the token is kept', async (_, expiry) => {
		reply = { status: 200, body: JSON.stringify({ access_token: 'a token', expires_on: expiry(), token_type: 'Bearer', resource: 'r' }) };
		const { credential } = open();
		const first = await credential.getToken(scope);
		expect(first?.token).toBe('a token');
		expect(Math.abs((first?.expiresOnTimestamp ?? 0) - Date.now() - 7_000_000)).toBeLessThan(60_000);
		await credential.getToken(scope);
		expect(endpoint.received).toHaveLength(1);
	});

	it.each([
		['from now', { expires_in: '7000' }],
		['not at all', {}],
		['in a way that nobody knows', { expires_on: 'in a while' }],
	])('may tell the expiry %s: the token is kept', async (_, told) => {
		reply = { status: 200, body: JSON.stringify({ access_token: 'a token', token_type: 'Bearer', ...told }) };
		const { getToken } = open();
		await getToken(scope, soon());
		await getToken(scope, soon());
		expect(endpoint.received).toHaveLength(1);
	});

	it('is asked once by callers at the same moment', async () => {
		reply = { status: 200, body: JSON.stringify({ access_token: 'a token', expires_in: 7000 }) };
		const { getToken } = open();
		await Promise.all(Array.from({ length: 8 }, () => getToken(scope, soon())));
		expect(endpoint.received).toHaveLength(1);
	});

	it('that hangs is given up with the question', async () => {
		reply = 'hang';
		const leaving = new AbortController();
		const asked = endpoint.asked();
		const abandoned = endpoint.abandoned();
		const credential = new ManagedIdentityCredential({ retryOptions: { maxRetries: 0 }, httpClient: tokenEndpointClient });
		const attempt = asking(leaving.signal, () => credential.getToken(scope));
		await asked;
		leaving.abort();
		await expect(attempt).rejects.toThrow('the token endpoint did not respond');
		await abandoned;
	});
});
