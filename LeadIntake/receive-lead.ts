import type { HttpHandler, HttpRequest, HttpResponseInit } from '@azure/functions';
import { codeOf } from '../shared/basics/failures.ts';
import { type Log, logTo } from '../shared/basics/log.ts';
import type { Clock } from '../shared/basics/time.ts';
import type { RefusedStatus } from '../shared/journal/entries.ts';
import { acceptedCodings } from '../shared/lead/decode-content.ts';
import { newLeadId } from '../shared/lead/lead-id.ts';
import { readBody } from './read-body.ts';
import { type Answer, type IntakeDeps, takeReceipt } from './take-receipt.ts';

/** What receiving depends on: what the intake does, and the time. */
type ReceiveDeps = Omit<IntakeDeps, 'log'> & { clock: Clock };

/**
 * `POST /api/leads`: reads the payload, makes it durable, answers. Depends on storage alone. Always answers: with HTTP streaming on, the sender of a request
 * whose function throws is told nothing for minutes (https://github.com/Azure/azure-functions-nodejs-library/issues/324).
 */
export const receiveLead =
	(deps: ReceiveDeps): HttpHandler =>
	async (request, context) => {
		if (request.method !== 'POST') return methodNotAllowed();
		const log = logTo(context);
		try {
			return await receive(request, deps, log);
		} catch (error) {
			log({ event: 'lead.unaccepted', level: 'error', failed: [`intake: ${codeOf(error)}`] });
			return toResponse({ kind: 'unavailable' });
		}
	};

async function receive({ body, headers }: HttpRequest, { settings, clock, deadline, journal, spill, bell }: ReceiveDeps, log: Log) {
	const { bytes, truncated, late } = await readBody(body as AsyncIterable<Uint8Array> | null, { clock, deadline });
	const receivedAt = clock();
	const contentType = headers.get('content-type');
	const contentEncoding = headers.get('content-encoding');
	const receipt = {
		leadId: newLeadId(receivedAt),
		receivedAt,
		payload: bytes,
		...(contentType && { contentType }),
		...(contentEncoding && { contentEncoding }),
		...(truncated && { truncated }),
		...(late && { late }),
	};
	return toResponse(await takeReceipt(receipt, { settings, journal, spill, bell, deadline, log }));
}

/** How soon a sender that was refused for want of storage may try again. */
const retryAfterS = 30;

const titles: Record<RefusedStatus, string> = {
	400: 'The payload is not a lead',
	408: 'The payload did not arrive completely in time',
	413: 'The payload is too long',
	415: 'The payload has an unknown encoding',
};

const problem = (
	status: number,
	title: string,
	detail: string,
	more: { headers?: Record<string, string>; issues?: unknown } = {},
): HttpResponseInit => {
	const body = { type: 'about:blank', title, status, detail, ...(more.issues !== undefined && { issues: more.issues }) };
	return withText(status, JSON.stringify(body), { 'content-type': 'application/problem+json', ...more.headers });
};

/** With its length: otherwise the library, and whoever passes it on, sends it in chunks and its end by itself. */
const withText = (status: number, body: string, headers: Record<string, string>): HttpResponseInit => ({
	status,
	headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
	body,
});

/** The HTTP answer, problems as RFC 9457 `application/problem+json`. Never an echo of the payload. */
export function toResponse(answer: Answer): HttpResponseInit {
	switch (answer.kind) {
		case 'taken': {
			const { leadId, status, receivedAt } = answer;
			// Made a text here: what the library cannot make one of, it does not answer at all.
			const body = JSON.stringify({ leadId, status, receivedAt: new Date(receivedAt).toISOString() });
			return withText(202, body, { 'content-type': 'application/json' });
		}
		case 'rejected': {
			const { status, issues, kept } = answer;
			const detail = kept
				? 'It was stored as a rejected payload. See issues.'
				: 'It was counted, but not stored: too many payloads were rejected today. See issues.';
			return problem(status, titles[status], detail, {
				issues,
				...(status === 415 && { headers: { 'accept-encoding': acceptedCodings } }),
			});
		}
		case 'unavailable':
			return problem(503, 'Nothing can be stored at the moment', `The lead was not accepted: post it again in ${retryAfterS} seconds.`, {
				headers: { 'retry-after': String(retryAfterS) },
			});
	}
}

/** For every method but POST. */
const methodNotAllowed = (): HttpResponseInit =>
	problem(405, 'Only POST is allowed', 'Post a lead as JSON to this URL.', { headers: { allow: 'POST' } });
