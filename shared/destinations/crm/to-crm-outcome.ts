import type { Configuration, Outcome } from '../../delivery/outcome.ts';
import type { Answer } from '../http/answer.ts';
import type { RequestEnd } from '../http/request-end.ts';
import { toNoAnswerOutcome } from '../http/to-no-answer-outcome.ts';
import { toTokenOutcome } from '../http/to-token-outcome.ts';
import { dataverseCode } from './dataverse-code.ts';

const alreadyThere = '0x80040237';
const duplicateRule = '0x80040333';
const plugInRefused = '0x80040265';
const badLookup = ['0x80040217', '0x80060891'];
const noApplicationUser = '0x80072560';
const notAllowed = ['0x80040220', '0x80048306', '0x80040231'];
const throttled = ['0x80072322', '0x80072321', '0x80072326'];
/** Asked at a bad moment. */
const ofThisMoment = [408, 409, 412, 423, 425, 429];
/** Refused because of what is in this record; unknown 400s too, as the rest of the request is the same for every lead. */
const ofThisRecord = [400, 413, 422];

/**
 * What the end of a create means: the only place that decides. Dataverse's codes are compared as hex without regard to case. Repeating is always safe,
 * as the record's id is ours, so what is not known is tried again.
 *
 * @param look how the look for the record ended, when the end of the create leaves its existence open (`leavesOpen`)
 */
export function toCrmOutcome(end: RequestEnd, leadId: string, look?: RequestEnd): Outcome {
	if (end.stage === 'token') return toTokenOutcome(end.error);
	if (end.stage === 'request') return toNoAnswerOutcome(end.error, 'Dataverse', 'DATAVERSE_URL');
	return look && leavesOpen(end) ? ofLook(look, leadId) : ofAnswer(end.answer, leadId);
}

/**
 * Whether the record may be there already: every 412 but the duplicate rule's, also one that says so, as any other value that must be unique in the
 * environment is refused in the same words.
 */
export function leavesOpen(end: RequestEnd): boolean {
	if (end.stage !== 'answer') return false;
	const code = dataverseCode(end.answer.code);
	return code === alreadyThere || (end.answer.status === 412 && code !== duplicateRule);
}

/** Whether a value was refused, so that a record of fewer values may be taken. What a plug-in refuses it refuses on purpose. */
export function refusesValue(end: RequestEnd): boolean {
	if (end.stage !== 'answer' || end.answer.status !== 400) return false;
	return ![alreadyThere, duplicateRule, plugInRefused, ...throttled].includes(dataverseCode(end.answer.code));
}

/** Whether a record that was named is not there, or the identity may not point to it or give the record away: without lookups it may be taken. */
export function refusesLookup(end: RequestEnd): boolean {
	if (end.stage !== 'answer') return false;
	const { status, code, message } = end.answer;
	return (status === 404 && badLookup.includes(dataverseCode(code))) || (status === 403 && /prv(?:Assign|Append|Share)/i.test(message));
}

/** Whether the identity may create leads, but not say when they came. */
export function refusesCreatedOn(end: RequestEnd): boolean {
	return end.stage === 'answer' && end.answer.status === 403 && /prvOverrideCreatedOnCreatedBy/i.test(end.answer.message);
}

function ofLook(look: RequestEnd, leadId: string): Outcome {
	if (look.stage !== 'answer') return toCrmOutcome(look, leadId);
	const { answer } = look;
	if (answer.status === 200) return { kind: 'delivered', proof: { id: leadId, how: 'existed already' } };
	const outcome = ofAnswer(answer, leadId);
	if (outcome.kind === 'configuration' && answer.status !== 404) return outcome;
	const { reason, ...failed } = failureOf(answer);
	return { kind: 'transient', ...failed, reason: `the record was said to exist, but when looked for: ${reason}` };
}

function ofAnswer(answer: Answer, leadId: string): Outcome {
	const { status } = answer;
	const code = dataverseCode(answer.code);
	const failed = failureOf(answer);
	if (status === 204 || status === 201) return { kind: 'delivered', proof: { id: leadId, how: 'created' } };
	if (code === duplicateRule) return { kind: 'permanent', ...failed, remedy: remedyFor(code) };
	if (throttled.includes(code) || ofThisMoment.includes(status)) return { kind: 'transient', ...failed };
	const mend = toMend(status, code);
	if (mend) return { kind: 'configuration', ...failed, ...mend };
	const permanent = ofThisRecord.includes(status) || status === 404;
	return permanent ? { kind: 'permanent', ...failed, remedy: remedyFor(code) } : { kind: 'transient', ...failed };
}

function failureOf({ status, code, message, retryAfterMs }: Answer) {
	return {
		code: `${status} ${dataverseCode(code)}`.trim(),
		reason: message || `Dataverse answered ${status}`,
		...(retryAfterMs !== undefined && { retryAfterMs }),
	};
}

/** What a person has to mend, when it is not this record's fault. */
function toMend(status: number, code: string): Pick<Configuration, 'remedy' | 'names'> | undefined {
	if (code === noApplicationUser)
		return {
			remedy:
				'Add the identity as an application user: pac admin assign-user --environment DATAVERSE_URL --user AZURE_CLIENT_ID --role ROLE --application-user',
			names: ['application user for AZURE_CLIENT_ID'],
		};
	if (status === 403 || notAllowed.includes(code))
		return {
			remedy: 'Give the application user of the identity a security role with Create and Read on Lead, and what else the reason names.',
			names: ['Create and Read on Lead for AZURE_CLIENT_ID'],
		};
	if (status === 401)
		return {
			remedy: 'Check that DATAVERSE_URL is an environment in the tenant of the identity AZURE_CLIENT_ID.',
			names: ['DATAVERSE_URL', 'AZURE_CLIENT_ID'],
		};
	if (status === 404 && !badLookup.includes(code))
		return {
			remedy: 'Set DATAVERSE_URL to an environment with Dynamics 365 Sales: this one has no table of leads.',
			names: ['DATAVERSE_URL'],
		};
	// Redirects are not followed, and other 4xx (405, 410, 415 …) speak of an address or a proxy, not of a lead: waiting loses nothing.
	if (status >= 300 && status < 500 && status !== 404 && !ofThisRecord.includes(status))
		return {
			remedy: 'Set DATAVERSE_URL to the origin of the environment, such as https://contoso.crm4.dynamics.com.',
			names: ['DATAVERSE_URL'],
		};
	return undefined;
}

function remedyFor(code: string): string {
	if (code === duplicateRule)
		return 'A duplicate-detection rule matched another record: look at it and close the delivery; or set DATAVERSE_DUPLICATE_DETECTION to false and replay it.';
	if (code === plugInRefused) return 'Read what the plug-in of the environment says, mend what it names, then replay the delivery.';
	if (badLookup.includes(code)) return 'Mend the setting that names the record which was not found, then replay the delivery.';
	return 'Read the reason, mend the column or the setting that it names, then replay the delivery.';
}
