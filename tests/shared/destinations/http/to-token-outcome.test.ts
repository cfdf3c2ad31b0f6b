import { describe, expect, it } from '@jest/globals';
import { toTokenOutcome } from '../../../../shared/destinations/http/to-token-outcome.ts';

const named = (name: string, more: object = {}) => Object.assign(new Error(`${name} says why`), { name, ...more });

describe('toTokenOutcome', () => {
	it.each([
		[
			'a refusal by the managed-identity endpoint',
			named('CredentialUnavailableError', { cause: named('ServerError', { errorCode: '', status: 400 }) }),
		],
		['nobody signed in to the Azure CLI', named('CredentialUnavailableError')],
		['a refusal by Entra', named('AuthenticationError', { statusCode: 401 })],
		['an unknown tenant', named('AuthenticationError', { statusCode: 400 })],
		['an answer without a token', named('AuthenticationRequiredError')],
	])('is to be configured after %s', (_, error) => {
		expect(toTokenOutcome(error)).toMatchObject({
			kind: 'configuration',
			code: `token ${error.name}`,
			reason: expect.stringContaining(error.message),
			names: ['AZURE_CLIENT_ID'],
			remedy: expect.stringContaining('AZURE_CLIENT_ID'),
		});
	});

	it.each([
		['an endpoint that is down', named('CredentialUnavailableError', { cause: named('ClientAuthError', { errorCode: 'network_error' }) })],
		['a broken connection', named('CredentialUnavailableError', { cause: named('Error', { code: 'ECONNRESET' }) })],
		[
			'an endpoint that is not ready yet',
			named('CredentialUnavailableError', { cause: named('ServerError', { errorCode: '', status: 404 }) }),
		],
		['an endpoint that is gone for a moment', named('AuthenticationError', { statusCode: 410 })],
		['throttling', named('AuthenticationError', { statusCode: 429 })],
		['an endpoint in trouble', named('AuthenticationError', { statusCode: 503 })],
		['a time-out', new DOMException('too long', 'TimeoutError')],
		['something else', 'no'],
	])('is tried again after %s', (_, error) => {
		const outcome = toTokenOutcome(error);
		expect(outcome).toMatchObject({ kind: 'transient', code: expect.stringMatching(/^token \w+$/) });
		expect(outcome).not.toHaveProperty('maybeDone');
	});
});
