import type { Configuration, Outcome } from '../../delivery/outcome.ts';
import type { Answer } from '../http/answer.ts';
import type { RequestEnd } from '../http/request-end.ts';
import { toNoAnswerOutcome } from '../http/to-no-answer-outcome.ts';
import { toTokenOutcome } from '../http/to-token-outcome.ts';

/** A limit of messages a day: asked again at once it would only be refused again. */
const messageLimitMs = 3_600_000;

/** Nothing was sent: no connection came about. */
const unsent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

/** Refused because of what is in this mail; other unknown 400s too, as the rest of the request is the same for every lead. */
const ofThisMail = new Set([400, 413, 422]);
/** Asked too early or at a bad moment. */
const ofThisMoment = new Set([408, 409, 423, 425, 429, 502, 503]);

/**
 * What the end of a `sendMail` means: the only place that decides. Microsoft Graph's codes are compared without regard to case. A mail has no id
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
	if (status === 202) return { kind: 'delivered', proof: { id: answer.requestId ?? clientRequestId, how: 'accepted by Graph' } };
	const code = answer.code.toLowerCase();
	const failed = {
		// What is no code could be anything, and codes are logged.
		code: /^[a-z][\w.]{2,63}$/i.test(answer.code) ? `${status} ${answer.code}` : String(status),
		reason: message || `Graph answered ${status}`,
		...(retryAfterMs !== undefined && { retryAfterMs }),
	};
	if (code === 'errorexceededmessagelimit')
		return { kind: 'transient', ...failed, retryAfterMs: Math.max(messageLimitMs, retryAfterMs ?? 0) };
	if (code === 'applicationthrottled' || ofThisMoment.has(status)) return { kind: 'transient', ...failed };
	const mend = toMend(status, code);
	if (mend) return { kind: 'configuration', ...failed, ...mend };
	if (ofThisMail.has(status)) return { kind: 'permanent', ...failed, remedy: remedyFor(code) };
	// 500 and 504 are known to have sent the mail all the same; of anything else nothing is known.
	return { kind: 'transient', ...failed, maybeDone: true };
}

/** What a person has to mend, when it is not this mail's fault. */
function toMend(status: number, code: string): Pick<Configuration, 'remedy' | 'names'> | undefined {
	if (code === 'errorquotaexceeded' || status === 507)
		return { remedy: 'Empty the mailbox EMAIL_FROM (Sent Items too) or raise its quota.', names: ['quota of EMAIL_FROM'] };
	if (code === 'errorinvaliduser' || code === 'mailboxnotenabledforrestapi' || status === 404)
		return { remedy: 'Set EMAIL_FROM to a mailbox that exists in Exchange Online.', names: ['EMAIL_FROM'] };
	if (code === 'erroraccessdenied' || code === 'errorsendasdenied' || status === 403)
		return {
			remedy:
				'Give the identity the Exchange role "Application Mail.Send" for the mailbox EMAIL_FROM (New-ManagementRoleAssignment); right after that, wait: it takes up to 2 hours to act.',
			names: ['Application Mail.Send for EMAIL_FROM'],
		};
	if (status === 401)
		return {
			remedy: 'Check that GRAPH_BASE_URL is the Graph of the cloud in which the identity AZURE_CLIENT_ID lives.',
			names: ['GRAPH_BASE_URL', 'AZURE_CLIENT_ID'],
		};
	// Redirects are not followed, and other 4xx (405, 410, 415 …) speak of an address or a proxy, not of a lead: waiting loses nothing.
	if (status >= 300 && status < 500 && !ofThisMail.has(status))
		return { remedy: 'Set GRAPH_BASE_URL to the root of Microsoft Graph, such as https://graph.microsoft.com.', names: ['GRAPH_BASE_URL'] };
	return undefined;
}

const remedies = new Map([
	['errorinvalidrecipients', 'Check the addresses in EMAIL_TO and EMAIL_CC, then replay the delivery.'],
	['invalidinternetmessageheader', 'Update the app, then replay the delivery.'],
]);

const remedyFor = (code: string) =>
	remedies.get(code) ?? 'Read the reason; mend EMAIL_FROM, EMAIL_TO or EMAIL_CC if it names them; then replay the delivery, or close it.';
