import type { HttpClient, HttpMethods, PipelinePolicy, PipelineRequest, SendRequest } from '@azure/core-rest-pipeline';
import { UnprovenAnswer } from '../../basics/failures.ts';
import { remember } from '../../basics/remember.ts';
import { isProxied } from '../../delivery/is-proxied.ts';
import { createHttpClient, toHttpHeaders } from './http-client.ts';
import { readBody } from './read-body.ts';
import { readConnectionString } from './read-connection-string.ts';
import { type Identity, showToken, signRequest } from './sign-request.ts';
import { StorageError } from './storage-error.ts';

export type StorageService = 'table' | 'queue';

/** How a service of the account is reached: by its connection string, or at its address as an identity. */
export type Reach = { connectionString: string } | { url: string; identity: Identity };

export interface StorageCall {
	method: HttpMethods;
	/** Below the account, percent-encoded: `/journal()`. */
	path: string;
	/** Percent-encoded, without `?`. */
	query?: string;
	headers?: Record<string, string>;
	body?: string;
	/** The longest answer that can be right. */
	mostBytes: number;
}

/** An answer that came to its end, whatever its status. */
export interface StorageAnswer {
	status: number;
	headers: { get: (name: string) => string | undefined };
	text: string;
}

/** A line to one service of the account. */
export interface StorageLine {
	/** Of the account, without a slash at its end. */
	url: string;
	/**
	 * One request, never repeated and never sent elsewhere. Over when `signal` aborts, its body included: then throws the signal's reason.
	 *
	 * @throws {StorageError} without a status, when no answer came
	 * @throws {UnprovenAnswer} when it is too long
	 */
	ask: (call: StorageCall, signal: AbortSignal) => Promise<StorageAnswer>;
}

/** As the SDKs ask for. */
const versions: Record<StorageService, string> = { table: '2019-02-02', queue: '2026-06-06' };

/** Should a caller's signal never abort: for the answer to begin, and again for its body. */
const longestMs = 120_000;

const everyStatus = new Set([Number.POSITIVE_INFINITY]);
/** One for all: its connections are kept. */
const sharedClient = remember(createHttpClient);

export interface LineOptions {
	/** Sees each request and its answer. */
	policy?: PipelinePolicy | undefined;
	client?: HttpClient;
}

export function openLine(reach: Reach, service: StorageService, { policy: seen, client }: LineOptions = {}): StorageLine {
	let url: string;
	let signature: string | undefined;
	let authorize: PipelinePolicy | undefined;
	if ('connectionString' in reach) {
		const account = readConnectionString(reach.connectionString, service);
		url = account.url;
		if ('key' in account) authorize = signRequest(service, account);
		else signature = account.signature;
	} else {
		url = reach.url.replace(/\/+$/, '');
		authorize = showToken(reach.identity);
	}
	/** The way of a request to the service. What a proxy needs is loaded only where there is one: it is more code than everything else of storage. */
	const openWay = remember(async (): Promise<SendRequest> => {
		const proxy = isProxied(url, process.env) ? (await import('./open-proxied.ts')).openProxied() : undefined;
		const http = client ?? proxy?.client ?? sharedClient();
		let way: SendRequest = (request) => http.sendRequest(request);
		for (const policy of [authorize, proxy?.policy, seen]) if (policy) way = through(policy, way);
		return way;
	});

	async function send({ method, path, query, headers, body, mostBytes }: StorageCall, abortSignal: AbortSignal): Promise<StorageAnswer> {
		const search = [query, signature].filter(Boolean).join('&');
		const request: PipelineRequest = {
			url: `${url}${path}${search && `?${search}`}`,
			method,
			headers: toHttpHeaders({
				'x-ms-version': versions[service],
				'x-ms-date': new Date().toUTCString(),
				'accept-encoding': 'identity',
				...headers,
			}),
			abortSignal,
			timeout: longestMs,
			allowInsecureConnection: url.startsWith('http:'),
			streamResponseStatusCodes: everyStatus,
			withCredentials: false,
			requestId: '',
			...(body !== undefined && { body }),
		};
		const sendRequest = await openWay();
		const response = await sendRequest(request);
		// The client's own time is over when the body begins.
		const text = await readBody(response, { mostBytes, longestMs });
		return { status: response.status, headers: response.headers, text };
	}

	return {
		url,
		async ask(call, signal) {
			signal.throwIfAborted();
			try {
				return await send(call, signal);
			} catch (error) {
				throw signal.aborted ? signal.reason : toFailure(error);
			}
		},
	};
}

const through =
	(policy: PipelinePolicy, next: SendRequest): SendRequest =>
	(request) =>
		policy.sendRequest(request, next);

/** What Azure's HTTP client throws carries the whole request: only its words and its code go on. What a policy throws goes on as it is. */
function toFailure(error: unknown): unknown {
	const { name, code, message } = (error ?? {}) as Error & { code?: string };
	const isConnection =
		name === 'RestError' || (error instanceof Error && typeof code === 'string' && /^E[A-Z_]+$/.test(code) && name === 'Error');
	if (error instanceof UnprovenAnswer || !isConnection) return error;
	return new StorageError(message, { ...(code && { code }) });
}
