import { TokenError } from '../tokens/token-error.ts';
import { storageCode } from './storage-code.ts';
import { storageRefusal } from './storage-refusal.ts';

/** What is to be put right, and why, when storage refuses a call, or the token endpoint the identity that storage is reached by; undefined for any other trouble. */
export function storageBlame(error: unknown, service: 'Table' | 'Queue'): { name: string; problem: string } | undefined {
	if (error instanceof TokenError)
		return /^HTTP_40[013]$/.test(error.code)
			? { name: 'AzureWebJobsStorage__clientId', problem: `there is no token for storage: ${error.message}` }
			: undefined;
	const { statusCode } = (error ?? {}) as { statusCode?: number };
	const refusal = storageRefusal(error);
	if (!refusal && statusCode !== 401 && statusCode !== 403) return undefined;
	const code = [statusCode, storageCode(error)].filter(Boolean).join(' ');
	return {
		name: refusal?.name ?? `Storage ${service} Data Contributor for AzureWebJobsStorage`,
		problem: `storage refuses the app (${code}): ${refusal?.why ?? 'the identity lacks a role, or the key is wrong'}`,
	};
}
