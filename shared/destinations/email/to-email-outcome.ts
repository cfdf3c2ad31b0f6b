import type { Outcome } from '../../delivery/outcome.ts';
import { type Answer, type Cause, reasonOf } from '../http/answer.ts';
import { type RequestEnd, toNoAnswerOutcome } from '../http/request-end.ts';
import { toTokenOutcome } from '../http/to-token-outcome.ts';
import { graphCause } from './graph-causes.ts';

/** A limit of messages a day: asked again at once it would only be refused again. */
const messageLimitMs = 3_600_000;

/** Nothing was sent: no connection came about. */
const unsent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

/** Refused because of what is in this mail; other unknown 400s too, as the rest of the request is the same for every lead. */
const ofThisMail = new Set([400, 413, 422]);
/** Asked too early or at a bad moment. */
const ofThisMoment = new Set([408, 409, 423, 425, 429, 502, 503]);

/**
 * What the end of a `sendMail` means: the only place that decides. Microsoft Graph's codes are compared without regard to case, and before the status:
 * the table in `graph-causes.ts` says what each means. A mail has no id
 * that would keep it from being sent twice, so whatever may have been sent says `maybeDone`.
 *
 * @param clientRequestId the proof when Graph names no request id of its own
 */
export function toEmailOutcome(end: RequestEnd, clientRequestId: string): Outcome {
	switch (end.stage) {
		case 'token':
			return toTokenOutcome(end.error);
		case 'request':
			return ofNoAnswer(end.error);
		case 'answer':
			return ofAnswer(end.answer, clientRequestId);
	}
}

function ofNoAnswer(error: unknown): Outcome {
	const outcome = toNoAnswerOutcome(error, 'Graph', 'GRAPH_BASE_URL');
	return outcome.kind === 'configuration' || unsent.has(outcome.code) ? outcome : { ...outcome, maybeDone: true };
}

function ofAnswer(answer: Answer, clientRequestId: string): Outcome {
	const { status, message, retryAfterMs } = answer;
	if (status === 202 && !answer.isForeign)
		return { kind: 'delivered', proof: { id: answer.requestId ?? clientRequestId, how: 'accepted by Graph' } };
	const code = answer.code.toLowerCase();
	const cause = graphCause(answer) ?? causeOfStatus(status);
	const failed = {
		// What is not a code could be anything, and codes are logged.
		code: /^[a-z][\w.]{2,63}$/i.test(answer.code) ? `${status} ${answer.code}` : String(status),
		reason: cause
			? reasonOf(cause, message)
			: message || (answer.isForeign ? `an answer (${status}) did not come from Graph itself` : `Graph answered ${status}`),
		...(cause && { cause: cause.reason }),
		...(retryAfterMs !== undefined && { retryAfterMs }),
	};
	switch (cause?.kind) {
		case 'configuration':
			return { kind: 'configuration', ...failed, remedy: cause.remedy, names: cause.names ?? [] };
		case 'permanent':
			return { kind: 'permanent', ...failed, remedy: cause.remedy };
		case 'transient':
			return code === 'errorexceededmessagelimit'
				? { kind: 'transient', ...failed, retryAfterMs: Math.max(messageLimitMs, retryAfterMs ?? 0) }
				: { kind: 'transient', ...failed, ...(isOpen(status) && { maybeDone: true }) };
		case undefined:
			return { kind: 'transient', ...failed, ...((status < 400 || isOpen(status)) && { maybeDone: true }) };
	}
}

/** 500 and 504 are known to have sent the mail nevertheless. */
const isOpen = (status: number) => status >= 500 && !ofThisMoment.has(status);

/** What a status means by itself; undefined for what is tried again. */
function causeOfStatus(status: number): Cause | undefined {
	if (ofThisMoment.has(status)) return undefined;
	if (ofThisMail.has(status))
		return {
			kind: 'permanent',
			reason: `Graph refused the mail (${status})`,
			remedy: 'Read the reason; fix EMAIL_FROM, EMAIL_TO or EMAIL_CC if it names them; then replay the delivery, or close it.',
		};
	const code = codeOfStatus[status];
	const usual = code === undefined ? undefined : graphCause({ status, code, message: '' });
	if (usual) return usual;
	// Redirects are not followed, and other 4xx (405, 410, 415 …) speak of an address or a proxy, not of a lead: waiting loses nothing.
	if (status >= 300 && status < 500)
		return {
			kind: 'configuration',
			reason: `the service at GRAPH_BASE_URL is not Microsoft Graph (${status})`,
			remedy: 'Set GRAPH_BASE_URL to the root of Microsoft Graph, such as https://graph.microsoft.com.',
			names: ['GRAPH_BASE_URL'],
		};
	return undefined;
}

/** The code that most often comes with a status. */
const codeOfStatus: Record<number, string> = {
	401: 'InvalidAuthenticationToken',
	403: 'ErrorAccessDenied',
	404: 'ErrorInvalidUser',
	507: 'ErrorQuotaExceeded',
};
