import type { Outcome } from '../../delivery/outcome.ts';
import { causeCode, causeMessage, causes } from './request-end.ts';

/**
 * The outcome when there was no token: nothing was sent. App Service's endpoint is heard in its own words (`token-endpoint.ts`). For the rest
 * `@azure/identity` 4.14 calls nearly every failure `CredentialUnavailableError`; underneath, MSAL says `network_error` for an endpoint that is down, busy
 * or answers nonsense, and anything else for a refusal.
 */
export function toTokenOutcome(error: unknown): Outcome {
	const code = `token ${causeCode(error)}`;
	const reason = `there was no token: ${causeMessage(error)}`;
	return isRefusal(error)
		? {
				kind: 'configuration',
				code,
				reason,
				remedy: 'Assign the user-assigned identity to the app and set AZURE_CLIENT_ID to its client id (on your own machine: az login).',
				names: ['AZURE_CLIENT_ID'],
			}
		: { kind: 'transient', code, reason };
}

/**
 * Asked at a bad moment. 404 and 410: the endpoint is not ready yet, as `@azure/identity` 4.14 sees it too, which asks again; an identity that was assigned
 * a moment ago is known to it some seconds later.
 */
const notYet = [404, 408, 410, 429];

/** Whether the identity was refused, or is not there: a person has to fix it. What is not known is tried again. */
function isRefusal(error: unknown): boolean {
	const chain = [...causes(error)];
	const status = chain.map(({ statusCode, status }) => statusCode ?? status).find((value) => typeof value === 'number');
	if (typeof status === 'number') return status >= 400 && status < 500 && !notYet.includes(status);
	// The endpoint answered, but with no token, and its status is not known; should something else have been wrong, a slow retry that spends nothing is a
	// smaller harm than a parked lead.
	if (chain[0]?.name === 'AuthenticationRequiredError') return true;
	return chain[0]?.name === 'CredentialUnavailableError' && !chain.some(({ errorCode, code }) => errorCode === 'network_error' || code);
}
