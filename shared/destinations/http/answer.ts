import { parse as parseBroken } from 'jsonc-parser';
import type { HttpAnswer } from '../../delivery/ask-once.ts';
import type { Outcome } from '../../delivery/outcome.ts';

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
export async function readAnswer(response: HttpAnswer): Promise<Answer> {
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

const isOwn = (headers: HttpAnswer['headers']) => marks.some((name) => headers.has(name)) && !headers.get('content-type')?.includes('html');

/** The body of a success says nothing, and waiting for one that stalls would make a failure of it. */
async function skipBody(response: HttpAnswer): Promise<string> {
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

/** A body as far as it was read. */
interface ReadText {
	text: string;
	/** Whether that is all of it. */
	whole: boolean;
}

/** Bytes. More than any error of Graph or Dataverse; a proxy or a broken service may send without end. */
const mostOfAnswer = 64 * 1024;

/**
 * Reads the body of an answer, at most `mostBytes` of it; the rest is cancelled, which closes the connection. A shorter one is read to its end, so that the
 * connection is used again. Never throws: of a body that breaks off (also by the request's signal) it gives what came.
 */
export async function readText({ body }: Pick<HttpAnswer, 'body'>, mostBytes = mostOfAnswer): Promise<ReadText> {
	const decoder = new TextDecoder();
	let text = '';
	let left = mostBytes;
	try {
		for await (const chunk of body ?? []) {
			text += decoder.decode(chunk.subarray(0, left), { stream: true });
			left -= chunk.length;
			if (left < 0) return { text, whole: false };
		}
	} catch {
		return { text, whole: false };
	}
	return { text: text + decoder.decode(), whole: true };
}

/** A destination that asks for more is probed once a day nevertheless. */
const longestMs = 24 * 3_600_000;

/**
 * Milliseconds that an answer asks us to wait (RFC 9110, 10.2.3); undefined when it does not. A date is measured by the answer's own `Date`, so that no
 * clocks are compared.
 */
export function retryAfterMs(headers: Pick<Headers, 'get'>): number | undefined {
	const text = headers.get('retry-after')?.trim() ?? '';
	const ms = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.parse(headers.get('date') ?? '');
	return ms >= 0 ? Math.min(Math.ceil(ms), longestMs) : undefined;
}

/** Why a service refuses, and what a person does about it: one row of a service's table, in our own words, free of what leads say. */
export interface Cause {
	kind: Exclude<Outcome['kind'], 'delivered'>;
	/** A sentence without its full stop. */
	reason: string;
	/** The one thing to do. */
	remedy: string;
	/** The settings or the permission at fault, by name. */
	names?: string[];
}

/** Our reason, with what the service itself said. */
export const reasonOf = ({ reason }: Pick<Cause, 'reason'>, said: string) => (said === '' ? reason : `${reason}: ${said}`);

/** The cause of an outcome behind what is said of it. */
export const because = ({ cause }: { cause?: string }) => (cause === undefined ? '' : `: ${cause}`);
