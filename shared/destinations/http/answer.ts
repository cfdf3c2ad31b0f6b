import { parse as parseBroken } from 'jsonc-parser';
import { readText } from './read-text.ts';
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
	/** The record that a success names in `OData-EntityId`: `https://…/leads(0190…)`. */
	entityId?: string;
	/** A success that is a page, or has no mark of the service: someone else may have answered in its place. */
	isForeign?: boolean;
}

/** Reads an answer of a service that speaks OData errors: `{ "error": { "code", "message" } }`. Never throws: what counts is the status. */
export async function readAnswer(response: Response): Promise<Answer> {
	const { status, headers } = response;
	const retryAfter = retryAfterMs(headers);
	const requestId = headers.get('request-id') ?? headers.get('x-ms-service-request-id');
	const entityId = headers.get('odata-entityid');
	return {
		status,
		...readError(response.ok ? await skipBody(response) : (await readText(response)).text),
		...(retryAfter !== undefined && { retryAfterMs: retryAfter }),
		...(requestId && { requestId }),
		...(entityId && { entityId }),
		...(response.ok && !isOwn(headers) && { isForeign: true }),
	};
}

/** What Graph and Dataverse say with every answer. https://learn.microsoft.com/graph/best-practices-concept#reliability-and-support */
const marks = ['request-id', 'client-request-id', 'x-ms-ags-diagnostic', 'x-ms-service-request-id', 'odata-version'];

const isOwn = (headers: Headers) => marks.some((name) => headers.has(name)) && !headers.get('content-type')?.includes('html');

/** The body of a success says nothing, and waiting for one that stalls would make a failure of it. */
async function skipBody(response: Response): Promise<string> {
	await response.body?.cancel().catch(() => undefined);
	return '';
}

function readError(body: string): Pick<Answer, 'code' | 'message'> {
	const { code, message } = errorOf(body);
	return { code: String(code ?? ''), message: typeof message === 'string' ? message : '' };
}

function errorOf(body: string): { code?: unknown; message?: unknown } {
	try {
		return parseBroken(body)?.error ?? {}; // What was cut off may still say its code.
	} catch {
		return {}; // Nested too deeply to be read.
	}
}
