import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import { within } from '../../basics/time.ts';

/** Who we are. It keeps its tokens, and shares a question among those who ask at the same moment. */
export type Identity = Pick<TokenCredential, 'getToken'>;

const scope = 'https://storage.azure.com/.default';

/**
 * Shows a token of the identity. Not the pipeline's `bearerTokenAuthenticationPolicy`: it waits for a new token with the signal of whoever asked first, so
 * that one short deadline fails all who wait, and it keeps what the credential keeps already.
 */
export function showToken(identity: Identity): PipelinePolicy {
	return {
		name: 'showToken',
		sendRequest: async (request, next) => {
			if (!request.url.startsWith('https:')) throw new Error('storage by the identity needs an address that begins with https://');
			const abortSignal = request.abortSignal as AbortSignal | undefined;
			const ask = () => identity.getToken(scope, abortSignal && { abortSignal });
			const token = await (abortSignal ? within(abortSignal, ask) : ask());
			if (!token) throw new Error(`the identity gave no token for ${scope}`);
			request.headers.set('authorization', `Bearer ${token.token}`);
			return next(request);
		},
	};
}
