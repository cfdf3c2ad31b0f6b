import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import type { Refusal } from '../refusal.ts';

const jsonType = 'application/json; odata.metadata=minimal; charset=utf-8';
const common = () => ({ 'odata-version': '4.0', 'x-ms-service-request-id': randomUUID() });

/** A refusal as Dataverse words it; one without code and message has no body. */
export const toDataverseAnswer = (_: Context, { status, code, message, headers }: Refusal) =>
	code === '' && message === ''
		? new Response(null, { status, headers: { ...common(), ...headers } })
		: new Response(JSON.stringify({ error: { code, message } }), {
				status,
				headers: { ...common(), ...headers, 'content-type': jsonType },
			});

export const toJsonAnswer = (body: object, status = 200, headers: Record<string, string> = {}) =>
	new Response(JSON.stringify(body), { status, headers: { ...common(), ...headers, 'content-type': jsonType } });

export const toEmptyAnswer = (headers: Record<string, string>) => new Response(null, { status: 204, headers: { ...common(), ...headers } });

/** More than 52 requests at once. */
export const tooManyAtOnce: Refusal = {
	status: 429,
	code: '0x80072326',
	message: 'Number of concurrent requests exceeded the limit of 52.',
	headers: { 'retry-after': '1' },
};

/** More than 6000 requests in 5 minutes. */
export const tooManyRequests: Refusal = {
	status: 429,
	code: '0x80072322',
	message: 'Number of requests exceeded the limit of 6000 over time window of 300 seconds.',
};
