import type { IncomingHttpHeaders } from 'node:http';
import { type FunctionKeys, levelOfKey } from './function-keys.ts';

export type AuthLevel = 'anonymous' | 'function' | 'admin';

/** The key that a request brings: the header wins over the query, even when the header's is wrong or empty. */
export function keyOfRequest(headers: IncomingHttpHeaders, query: URLSearchParams): string | undefined {
	const header = headers['x-functions-key'];
	if (header !== undefined) return String(header);
	return [...query].find(([name]) => name.toLowerCase() === 'code')?.[1];
}

/** Whether a key opens a function of an auth level. */
export function isAuthorized(keys: FunctionKeys, level: AuthLevel, key: string | undefined, functionName: string): boolean {
	if (level === 'anonymous') return true;
	const opens = levelOfKey(keys, key, functionName);
	return level === 'admin' ? opens === 'admin' : opens !== 'none';
}
