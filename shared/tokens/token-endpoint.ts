import { AsyncLocalStorage } from 'node:async_hooks';
import { createDefaultHttpClient, type HttpClient, type PipelineResponse } from '@azure/core-rest-pipeline';
import { TokenError } from './token-error.ts';

/** One question for a token: when to give up the request, and how it failed. */
interface Question {
	signal: AbortSignal;
	failure?: TokenError;
}

const questions = new AsyncLocalStorage<Question>();
let underWay = 0;

/**
 * Runs what asks the endpoint through `tokenEndpointClient`: its request ends with `signal`, and its failure is thrown as it was. `@azure/identity` 4.14
 * gives its requests no signal of the caller's, and MSAL replaces whatever was thrown by `network_error`.
 */
export async function asking<Result>(signal: AbortSignal, run: () => Promise<Result>): Promise<Result> {
	const question: Question = { signal };
	underWay++;
	try {
		return await questions.run(question, run);
	} catch (error) {
		throw question.failure ?? error;
	} finally {
		// Before Node.js 24 every promise of the process costs more from the first question on, until the storage is disabled.
		if (--underWay === 0) questions.disable();
	}
}

const client = createDefaultHttpClient();

/**
 * Asks App Service's endpoint. Only an answer that has a token reaches the library, with a date that it can read: to it a refusal is an answer without
 * `expiresOn`, because App Service writes `{"StatusCode", "Message"}`, and a token with another date is never kept.
 */
export const tokenEndpointClient: HttpClient = {
	async sendRequest(request) {
		const question = questions.getStore();
		if (question) request.abortSignal = question.signal;
		request.streamResponseStatusCodes = new Set([Number.POSITIVE_INFINITY]);
		try {
			return withToken(await readBody(await client.sendRequest(request)));
		} catch (error) {
			const failure = error instanceof TokenError ? error : toTokenError(error, question?.signal);
			if (question) question.failure = failure;
			throw failure;
		}
	},
};

/** Bytes; a token takes a few thousand. */
const mostOfAnswer = 64 * 1024;

/** At most so much of it: one that has no end would fill the memory until the signal ends it. What is longer holds no token. */
async function readBody({ readableStreamBody, ...response }: PipelineResponse): Promise<PipelineResponse> {
	const chunks: Buffer[] = [];
	let left = mostOfAnswer;
	for await (const chunk of readableStreamBody ?? []) {
		chunks.push(Buffer.from(chunk).subarray(0, left));
		left -= chunk.length;
		if (left <= 0) break;
	}
	return { ...response, bodyAsText: Buffer.concat(chunks).toString('utf8') };
}

function toTokenError(error: unknown, signal: AbortSignal | undefined): TokenError {
	if (signal?.aborted) return new TokenError('the token endpoint did not respond', 'ETIMEDOUT', error);
	const { code = 'ECONNFAILED' } = error as { code?: string };
	return new TokenError(`the token endpoint cannot be reached (${code})`, code, error);
}

function withToken(response: PipelineResponse): PipelineResponse {
	const { status } = response;
	const text = response.bodyAsText ?? '';
	const body = parse(text);
	const refuse = (what: string) => {
		const words = wordsOf(body, text);
		return new TokenError(`the token endpoint answered ${what}${words && `: ${words}`}`, `HTTP_${status}`, { statusCode: status });
	};
	if (status < 200 || status > 299) throw refuse(String(status));
	if (typeof body?.access_token !== 'string' || body.access_token === '') throw refuse(`${status} without a token`);
	return { ...response, bodyAsText: JSON.stringify({ ...body, expires_on: expiryOf(body) }) };
}

/** Usual seconds since the epoch; should none be told, an hour, the least that such tokens live. */
function expiryOf({ expires_on: on, expires_in: within }: Record<string, unknown>): number {
	const now = Math.floor(Date.now() / 1000);
	const count = Number(on ?? Number.NaN);
	// Milliseconds are told by their size: as seconds they would be thousands of years away.
	const seconds = count > 1e11 ? count / 1000 : count > 0 ? count : Date.parse(String(on)) / 1000;
	const left = Number(within ?? Number.NaN);
	return Math.floor(seconds > 0 ? seconds : now + (left > 0 ? left : 3600));
}

function parse(text: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : undefined;
	} catch {
		return undefined; // empty, HTML or cut off
	}
}

const mostWords = 300;

/** What a refusal says: App Service writes `Message` or `message`, others as OAuth does. */
function wordsOf(body: Record<string, unknown> | undefined, text: string): string {
	const named = (wanted: string, among: object) => Object.entries(among).find(([name]) => name.toLowerCase() === wanted)?.[1];
	const inner = named('error', body ?? {});
	const said = [
		named('message', body ?? {}),
		named('error_description', body ?? {}),
		inner !== null && typeof inner === 'object' ? named('message', inner) : inner,
		body ? '' : text.slice(0, 4000).replace(/<[^>]*>/g, ' '),
	].find((words) => typeof words === 'string' && words !== '');
	return String(said ?? '')
		.replace(/\s+/g, ' ')
		.trim()
		.slice(0, mostWords);
}
