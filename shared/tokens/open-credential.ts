import { AzureCliCredential, ManagedIdentityCredential, type TokenCredential } from '@azure/identity';
import { keepTokens } from './keep-tokens.ts';
import { asking, tokenEndpointClient } from './token-endpoint.ts';

/** The CLI is a process of its own, which no signal reaches: it is ended when it hangs. Its start alone takes seconds on a slow machine. */
const cliTimeoutMs = 30_000;

/**
 * Who we are: the managed identity where the platform offers one (`IDENTITY_ENDPOINT`), otherwise whoever is signed in to the Azure CLI, so that a
 * developer can send through a real mailbox. Not `DefaultAzureCredential`: it tries seven ways in turn, each with its own wait. Tokens are kept until shortly
 * before they expire.
 */
export function openCredential(clientId: string | undefined, environment: NodeJS.ProcessEnv = process.env): TokenCredential {
	const credential = environment.IDENTITY_ENDPOINT
		? managedIdentity(clientId)
		: new AzureCliCredential({ processTimeoutInMs: cliTimeoutMs });
	return keepTokens((scope, signal) =>
		asking(signal, async () => {
			const token = await credential.getToken(scope);
			if (!token) throw new Error(`the identity returned no token for ${scope}`);
			return token;
		}),
	);
}

function managedIdentity(clientId: string | undefined): TokenCredential {
	const options = { retryOptions: { maxRetries: 0 }, httpClient: tokenEndpointClient };
	return new ManagedIdentityCredential(clientId ? { clientId, ...options } : options);
}

/** A bearer token for a scope such as `https://graph.microsoft.com/.default`; throws when there is none. */
export type GetToken = (scope: string, signal: AbortSignal) => Promise<string>;

/** Tokens as destinations ask for them. */
export function getTokenFrom(credential: TokenCredential): GetToken {
	return async (scope, signal) => {
		const token = await credential.getToken(scope, { abortSignal: signal });
		if (!token) throw new Error(`the identity returned no token for ${scope}`);
		return token.token;
	};
}
