import { createHmac } from 'node:crypto';
import type { PipelinePolicy, PipelineRequest } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import { within } from '../../basics/time.ts';
import type { StorageService } from './storage-line.ts';

/**
 * Signs with the account's key: `SharedKeyLite` for tables, `SharedKey` for queues.
 * https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key
 */
export function signRequest(service: StorageService, { name, key }: { name: string; key: Buffer }): PipelinePolicy {
	const scheme = service === 'table' ? 'SharedKeyLite' : 'SharedKey';
	const textOf = service === 'table' ? tableText : queueText;
	return {
		name: 'signRequest',
		sendRequest: (request, next) => {
			const signature = createHmac('sha256', key).update(textOf(request, name), 'utf8').digest('base64');
			request.headers.set('authorization', `${scheme} ${name}:${signature}`);
			return next(request);
		},
	};
}

function tableText(request: PipelineRequest, account: string): string {
	const { path } = split(request.url);
	return `${request.headers.get('x-ms-date')}\n/${account}${path}`;
}

/** What our requests do not have stays empty: encoding, language, MD5, `Date`, conditions, range. */
function queueText({ method, url, headers, body }: PipelineRequest, account: string): string {
	const { path, query } = split(url);
	const length = typeof body === 'string' && body ? Buffer.byteLength(body) : '';
	const own = [...headers].filter(([header]) => header.startsWith('x-ms-')).sort(byName);
	const parameters = query.map(([parameter, value]) => [parameter.toLowerCase(), decodeURIComponent(value)] as const).sort(byName);
	const lines = [method, '', '', length, '', headers.get('content-type') ?? '', '', '', '', '', '', ''];
	lines.push(...own.map(([header, value]) => `${header}:${value}`), `/${account}${path}`);
	lines.push(...parameters.map(([parameter, value]) => `${parameter}:${value}`));
	return lines.join('\n');
}

const byName = ([one]: readonly [string, string], [other]: readonly [string, string]) => (one < other ? -1 : 1);

function split(url: string): { path: string; query: [string, string][] } {
	const [place = '', query = ''] = url.slice(url.indexOf('/', url.indexOf('//') + 2)).split('?', 2);
	const pairs = query.split('&').filter(Boolean);
	return { path: place, query: pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]) };
}

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
