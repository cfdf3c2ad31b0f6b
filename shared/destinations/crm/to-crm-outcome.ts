import type { Outcome } from '../../delivery/outcome.ts';
import { type Answer, type Cause, reasonOf } from '../http/answer.ts';
import { type RequestEnd, toNoAnswerOutcome } from '../http/request-end.ts';
import { toTokenOutcome } from '../http/to-token-outcome.ts';
import { codes, dataverseCause } from './dataverse-causes.ts';
import { dataverseCode } from './get-json.ts';

const createdStatuses = [201, 204];
/** Asked at a bad moment. */
const ofThisMoment = [408, 409, 412, 423, 425, 429];
/** Refused because of what is in this record; unknown 400s too, as the rest of the request is the same for every lead. */
const ofThisRecord = [400, 413, 422];

/**
 * What the end of a create means: the only place that decides. Dataverse's codes are compared as hex without regard to case, and before the status: the
 * table in `dataverse-causes.ts` says what each means. Repeating is always safe, as the record's id is ours, so what is not known is tried again.
 *
 * @param look how the look for the record ended, when the end of the create leaves its existence open (`leavesOpen`)
 */
export function toCrmOutcome(end: RequestEnd, leadId: string, look?: RequestEnd): Outcome {
	if (end.stage === 'token') return toTokenOutcome(end.error);
	if (end.stage === 'request') return toNoAnswerOutcome(end.error, 'Dataverse', 'DATAVERSE_URL');
	return look && leavesOpen(end, leadId) ? ofLook(look, leadId, end.answer) : ofAnswer(end.answer, leadId);
}

/**
 * Whether the record may be there: every 412 but the duplicate rule's, also one that says so, as any other value that must be unique in the environment is
 * refused in the same words; and a success that does not name the record.
 */
export function leavesOpen(end: RequestEnd, leadId: string): boolean {
	if (end.stage !== 'answer') return false;
	if (createdStatuses.includes(end.answer.status)) return !end.answer.entityId?.toLowerCase().includes(`leads(${leadId.toLowerCase()})`);
	const code = dataverseCode(end.answer.code);
	return code === codes.alreadyThere || code === codes.keyTaken || (end.answer.status === 412 && code !== codes.duplicateRule);
}

/** Whether another record has a value that must be unique, as a look for ours did not find it. */
export function isKeyTaken(end: RequestEnd, look: RequestEnd | undefined): boolean {
	if (end.stage !== 'answer' || dataverseCode(end.answer.code) !== codes.keyTaken) return false;
	return look?.stage === 'answer' && (look.answer.status === 404 || dataverseCode(look.answer.code) === codes.keyTaken);
}

function ofLook(look: RequestEnd, leadId: string, create: Answer): Outcome {
	if (look.stage !== 'answer') return toCrmOutcome(look, leadId);
	const { answer } = look;
	const how = createdStatuses.includes(create.status) ? 'created' : 'existed already';
	if (answer.status === 200) return { kind: 'delivered', proof: { id: leadId, how } };
	if (isKeyTaken({ stage: 'answer', answer: create }, look)) return ofAnswer(create, leadId);
	const outcome = ofAnswer(answer, leadId);
	if (outcome.kind === 'configuration' && answer.status !== 404) return outcome;
	return {
		kind: 'transient',
		...failureOf(answer),
		reason: `Dataverse said that the record exists, but reading it failed: ${toReason(answer)}`,
	};
}

function ofAnswer(answer: Answer, leadId: string): Outcome {
	const { status } = answer;
	if (createdStatuses.includes(status)) return { kind: 'delivered', proof: { id: leadId, how: 'created' } };
	const cause = dataverseCause(answer) ?? causeOfStatus(status);
	const failed = {
		...failureOf(answer),
		reason: cause ? reasonOf(cause, answer.message) : toReason(answer),
		...(cause && { cause: cause.reason }),
	};
	switch (cause?.kind) {
		case 'configuration':
			return { kind: 'configuration', ...failed, remedy: cause.remedy, names: cause.names ?? [] };
		case 'permanent':
			return { kind: 'permanent', ...failed, remedy: cause.remedy };
		default:
			return { kind: 'transient', ...failed };
	}
}

const toReason = ({ status, message }: Answer) => message || `Dataverse answered ${status}`;

const failureOf = ({ status, code, retryAfterMs }: Answer) => ({
	code: `${status} ${dataverseCode(code)}`.trim(),
	...(retryAfterMs !== undefined && { retryAfterMs }),
});

/** What a status means by itself; undefined for what is tried again. */
function causeOfStatus(status: number): Cause | undefined {
	if (ofThisMoment.includes(status)) return undefined;
	if (ofThisRecord.includes(status))
		return {
			kind: 'permanent',
			reason: `Dataverse refused the record (${status})`,
			remedy: 'Read the reason, fix the column or the setting that it names, then replay the delivery.',
		};
	const configuration = (reason: string, remedy: string, ...names: string[]): Cause => ({ kind: 'configuration', reason, remedy, names });
	if (status === 401)
		return configuration(
			'Dataverse does not accept the token (401)',
			'Check that DATAVERSE_URL is an environment in the tenant of the identity AZURE_CLIENT_ID.',
			'DATAVERSE_URL',
			'AZURE_CLIENT_ID',
		);
	if (status === 403)
		return configuration(
			'the identity may not do this in Dataverse (403)',
			'Give the application user of the identity a security role with Create and Read on Lead, and what else the reason names.',
			'Create and Read on Lead for AZURE_CLIENT_ID',
		);
	if (status === 404)
		return configuration(
			'there is no table of leads at DATAVERSE_URL (404)',
			'Set DATAVERSE_URL to an environment with Dynamics 365 Sales: this one has no table of leads.',
			'DATAVERSE_URL',
		);
	// Redirects are not followed, and other 4xx (405, 410, 415 …) speak of an address or a proxy, not of a lead: waiting loses nothing.
	if (status >= 300 && status < 500)
		return configuration(
			`the service at DATAVERSE_URL is not the Web API of Dataverse (${status})`,
			'Set DATAVERSE_URL to the origin of the environment, such as https://contoso.crm4.dynamics.com.',
			'DATAVERSE_URL',
		);
	return undefined;
}
