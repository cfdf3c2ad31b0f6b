import type { Clock } from '../../shared/basics/time.ts';

/** What a call to Partner Center or Azure Resource Manager depends on. */
export interface ApiDeps {
	getToken: (scope: string) => Promise<string>;
	fetch: typeof fetch;
	clock: Clock;
	pause: (ms: number) => Promise<void>;
	/** An AbortSignal that aborts after so many milliseconds. */
	deadline: (ms: number) => AbortSignal;
}

/** The service refused, or did not answer. The message holds nothing that was sent. */
export class ApiFailure extends Error {
	readonly status: number | undefined;
	readonly code: string;
	constructor(message: string, { status, code = '', cause }: { status?: number; code?: string; cause?: unknown }) {
		super(message, { cause });
		this.status = status;
		this.code = code;
	}
}

interface Call {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	url: string;
	scope: string;
	body?: object;
	/** Whether it may be sent again when it is not known whether it was done. */
	repeatable: boolean;
}

const answerTimeoutMs = 60_000;
const mostTries = 5;
const firstPauseMs = 1000;
const longestPauseMs = 120_000;

/**
 * One call, as JSON. What was surely not done (429, or 503 with Retry-After) is tried again after the time that the service asks for; any other failure only
 * if the call is repeatable. Throws `ApiFailure`.
 */
export async function callApi(call: Call, deps: ApiDeps): Promise<unknown> {
	for (let tries = 1; ; tries++) {
		const end = await once(call, deps);
		if (end.ok) return end.body;
		const { failure, waitMs, refused } = end;
		const isOver = failure.status !== undefined && failure.status < 500 && !refused;
		if (isOver || tries >= mostTries || !(refused || call.repeatable)) throw failure;
		await deps.pause(Math.min(longestPauseMs, Math.max(waitMs ?? 0, firstPauseMs * 2 ** (tries - 1))));
	}
}

type End =
	| { ok: true; body: unknown }
	| { ok: false; failure: ApiFailure; waitMs?: number /** It was not even begun. */; refused: boolean };

async function once({ method, url, scope, body }: Call, { getToken, fetch, clock, deadline }: ApiDeps): Promise<End> {
	const service = new URL(url).host;
	let response: Response;
	let text: string;
	const token = await getToken(scope);
	try {
		response = await fetch(url, {
			method,
			headers: {
				accept: 'application/json',
				authorization: `Bearer ${token}`,
				...(body && { 'content-type': 'application/json' }),
			},
			...(body && { body: JSON.stringify(body) }),
			redirect: 'manual',
			signal: deadline(answerTimeoutMs),
		});
		text = await response.text();
	} catch (cause) {
		return { ok: false, failure: new ApiFailure(`${service} does not answer`, { cause }), refused: false };
	}
	const { status } = response;
	if (status < 200 || status > 299) {
		const waitMs = retryAfterMs(response.headers.get('retry-after'), clock());
		const { code, message } = errorOf(text);
		const failure = new ApiFailure(`${service} answered ${status}${code && ` ${code}`}${message && `: ${message}`}`, { status, code });
		return {
			ok: false,
			failure,
			refused: status === 429 || (status === 503 && waitMs !== undefined),
			...(waitMs !== undefined && { waitMs }),
		};
	}
	if (text === '') return { ok: true, body: undefined };
	try {
		return { ok: true, body: JSON.parse(text) };
	} catch (cause) {
		return { ok: false, failure: new ApiFailure(`${service} answered ${status}, but not in JSON`, { cause }), refused: false };
	}
}

/** Code and message of `{ error: { code, message } }`, as Graph, Azure Resource Manager and the Product Ingestion API have it. */
function errorOf(text: string): { code: string; message: string } {
	try {
		const { error } = JSON.parse(text);
		return { code: String(error?.code ?? ''), message: String(error?.message ?? '').slice(0, 500) };
	} catch {
		return { code: '', message: '' }; // a proxy's page
	}
}

function retryAfterMs(header: string | null, now: number): number | undefined {
	if (header === null) return undefined;
	const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
	return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
