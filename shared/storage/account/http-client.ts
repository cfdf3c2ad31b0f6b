import http from 'node:http';
import https from 'node:https';
import type { HttpClient, HttpHeaders, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import { StorageError } from './storage-error.ts';

/** Header fields by their names in lower case, in the form that Azure's pipeline knows, without its code. */
export function toHttpHeaders(fields: Record<string, string | string[] | undefined>): HttpHeaders {
	const values = new Map<string, string>();
	const set = (name: string, value: string | number | boolean) => void values.set(name.toLowerCase(), String(value));
	for (const name in fields) {
		const value = fields[name];
		const first = Array.isArray(value) ? value[0] : value;
		if (first !== undefined) set(name, first);
	}
	return {
		get: (name) => values.get(name.toLowerCase()),
		has: (name) => values.has(name.toLowerCase()),
		set,
		delete: (name) => void values.delete(name.toLowerCase()),
		toJSON: () => Object.fromEntries(values),
		[Symbol.iterator]: () => values.entries(),
	};
}

interface Agents {
	plain: http.Agent;
	secure: https.Agent;
}

/**
 * Sends a request over a kept connection, once, and gives the answer as soon as it begins; no redirect is followed, nothing is decoded. Request and answer end
 * when the signal aborts, and when the answer does not begin in its time. It has the form of the clients of Azure's pipeline, whose own is ten times as
 * much code to load.
 *
 * @param secure what keeps connections over TLS
 * @throws {StorageError} with the code with which the connection failed
 */
export function createHttpClient(secure = new https.Agent({ keepAlive: true })): HttpClient {
	const agents = { plain: new http.Agent({ keepAlive: true }), secure };
	return { sendRequest: (request) => send(request, agents) };
}

async function send(request: PipelineRequest, { plain, secure }: Agents): Promise<PipelineResponse> {
	const { url, method, timeout, allowInsecureConnection } = request;
	const abortSignal = request.abortSignal as AbortSignal | undefined;
	const body = typeof request.body === 'string' ? request.body : '';
	const isSecure = url.startsWith('https:');
	if (!isSecure && !allowInsecureConnection) throw new Error('storage needs an address that begins with https://');
	const headers = { ...request.headers.toJSON(), ...(body && { 'content-length': Buffer.byteLength(body) }) };
	return new Promise((resolve, reject) => {
		const outgoing = (isSecure ? https : http).request(url, { method, headers, agent: isSecure ? secure : plain });
		const giveUp = (why: Error) => {
			reject(why);
			outgoing.destroy(why);
		};
		const abort = () => giveUp(abortSignal?.reason);
		const timer = setTimeout(() => giveUp(new DOMException('storage did not answer in time', 'TimeoutError')), timeout);
		abortSignal?.addEventListener('abort', abort);
		outgoing.on('response', (answer) => {
			clearTimeout(timer);
			resolve({ request, status: answer.statusCode ?? 0, headers: toHttpHeaders(answer.headers), readableStreamBody: answer });
		});
		outgoing.on('error', ({ message, code }: NodeJS.ErrnoException) => reject(new StorageError(message, { ...(code && { code }) })));
		// When the answer has come to its end, too.
		outgoing.on('close', () => {
			clearTimeout(timer);
			abortSignal?.removeEventListener('abort', abort);
		});
		outgoing.end(body || undefined);
	});
}
