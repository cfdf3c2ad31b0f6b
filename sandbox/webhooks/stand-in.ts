import type { Refusal } from '../refusal.ts';

/** A POST to an endpoint, as it came. */
export interface HookRequest {
	/** Of the path: `sales` in `/hooks/slack/sales`. */
	hook: string;
	/** The whole path. */
	path: string;
	query: URLSearchParams;
	header: (name: string) => string | undefined;
	bytes: Uint8Array;
	/** Milliseconds since the epoch. */
	now: number;
	/** The keys with which requests to this hook may be signed: bytes behind `whsec_`. */
	keys: Buffer[];
	/** Fields that the form has besides the usual ones. */
	fields: string[];
}

/** What goes back. */
export interface HookAnswer {
	status: number;
	headers?: Record<string, string>;
	body?: string;
}

/** A service that takes leads by POST. */
export interface StandIn {
	/** Why it does not take a request; undefined when it does. */
	refuse: (request: HookRequest) => Refusal | undefined;
	/** What it says when it has taken one. `id`: of the message that it has made. */
	accept: (id: string) => HookAnswer;
	/** A refusal in its own words; one without a code comes from a fault, and gets the usual one. */
	toAnswer: (refusal: Refusal) => HookAnswer;
	/** Whether it knows a repetition, and makes one message of both: by this id. */
	repetition?: (request: HookRequest) => string | undefined;
}

export const refusal = (status: number, code: string, message = ''): Refusal => ({ status, code, message });

export const jsonAnswer = (status: number, body: unknown): HookAnswer => ({
	status,
	headers: { 'content-type': 'application/json; charset=utf-8' },
	body: JSON.stringify(body),
});

export const textAnswer = (status: number, body: string, type = 'text/plain'): HookAnswer => ({
	status,
	headers: { 'content-type': `${type}; charset=utf-8` },
	body,
});

export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Why a body is no JSON object in UTF-8 that says so, or the object. */
export function readJson({ header, bytes }: Pick<HookRequest, 'header' | 'bytes'>): { body: JsonObject } | { why: string } {
	if (!/^application\/json\s*(;|$)/i.test(header('content-type') ?? '')) return { why: 'The content type is not application/json.' };
	try {
		const body: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
		return isObject(body) ? { body } : { why: 'The body is not a JSON object.' };
	} catch {
		return { why: 'The body is not JSON in UTF-8.' };
	}
}
