import { retryAfterMs } from './retry-after.ts';

/** What of an HTTP answer decides an outcome. */
export interface Answer {
	status: number;
	/** `error.code` as it came, `''` when there is none: an empty or HTML body must not hide the status. */
	code: string;
	/** `error.message`; may quote what was sent. */
	message: string;
	/** Milliseconds. */
	retryAfterMs?: number;
	/** The service's own id for the request. */
	requestId?: string;
}

/** Reads an answer of a service that speaks OData errors: `{ "error": { "code", "message" } }`. Never throws: what counts is the status. */
export async function readAnswer(response: Response): Promise<Answer> {
	const { status, headers } = response;
	const retryAfter = retryAfterMs(headers);
	const requestId = headers.get('request-id') ?? headers.get('x-ms-service-request-id');
	return {
		status,
		...readError(response.ok ? await skipBody(response) : await readBody(response)),
		...(retryAfter !== undefined && { retryAfterMs: retryAfter }),
		...(requestId && { requestId }),
	};
}

/** The body of a success says nothing, and waiting for one that stalls would make a failure of it. */
async function skipBody(response: Response): Promise<string> {
	await response.body?.cancel().catch(() => undefined);
	return '';
}

/** To the end, so that the connection is used again; cut off (also by the attempt's deadline) it is as good as empty. */
async function readBody(response: Response): Promise<string> {
	return response.text().catch(() => '');
}

function readError(body: string): Pick<Answer, 'code' | 'message'> {
	const { code, message } = errorOf(body);
	return { code: String(code ?? ''), message: typeof message === 'string' ? message : '' };
}

function errorOf(body: string): { code?: unknown; message?: unknown } {
	try {
		return JSON.parse(body)?.error ?? {};
	} catch {
		return {}; // Empty, HTML or cut off.
	}
}
