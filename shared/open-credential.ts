import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';
import { AzureCliCredential, ManagedIdentityCredential, type TokenCredential } from '@azure/identity';
import type { GetToken } from './destinations/destination.ts';

/**
 * Who we are: the managed identity where the platform offers one (`IDENTITY_ENDPOINT`), otherwise whoever is signed in to the Azure CLI, so that a
 * developer can send through a real mailbox. Not `DefaultAzureCredential`: it tries seven ways in turn, each with its own wait.
 */
export function openCredential(clientId: string | undefined, environment: NodeJS.ProcessEnv = process.env): TokenCredential {
	if (!environment.IDENTITY_ENDPOINT) return new AzureCliCredential();
	const options = { retryOptions: { maxRetries: 0 }, httpClient: troubleIsNoAnswer };
	return new ManagedIdentityCredential(clientId ? { clientId, ...options } : options);
}

const client = createDefaultHttpClient();

/**
 * To the library any answer without a token is a refusal, whatever its status. An endpoint in trouble works again by itself: its answer must not reach the
 * library.
 */
const troubleIsNoAnswer: HttpClient = {
	async sendRequest(request) {
		const response = await client.sendRequest(request);
		if (response.status === 408 || response.status === 429 || response.status >= 500)
			throw new Error(`the token endpoint answered ${response.status}`);
		return response;
	},
};

/** Tokens as destinations ask for them. The SDK caches them until shortly before they expire. */
export function getTokenFrom(credential: TokenCredential): GetToken {
	return async (scope, signal) => {
		const token = await credential.getToken(scope, { abortSignal: signal });
		if (!token) throw new Error(`the identity gave no token for ${scope}`);
		return token.token;
	};
}
