import type { Clock } from '../../basics/time.ts';
import type { Answer } from '../http/answer.ts';
import type { RequestEnd } from '../http/request-end.ts';
import { createRecord, type DataverseCall, findRecord } from './call-dataverse.ts';
import { codes } from './dataverse-causes.ts';
import { dataverseCode } from './get-json.ts';
import type { LeadColumns } from './metadata/lead-column.ts';
import type { CrmRecord } from './record-sheet.ts';
import { lengthIn, namedIn, ofKind, type Part, partsOf, privilegesIn, type Refusal, toRefusal } from './refused-parts.ts';
import { isKeyTaken, leavesOpen } from './to-crm-outcome.ts';

/** How a record differs from what was meant. */
export interface Form {
	/** What is left out, by column: what Dataverse said to it. */
	without: ReadonlyMap<string, Left>;
	/** Texts that are cut shorter than the table says, by column. */
	limits: ReadonlyMap<string, number>;
	/** Subject, names and description alone, after this code. */
	smallest?: string | undefined;
}

/** Why a column is left out. */
export interface Left {
	/** `403 0x8004f502`, with the privilege that is missing. */
	code: string;
	/** The answer named it; otherwise it was left out to see whether it is to blame. */
	named: boolean;
}

export interface Created {
	end: RequestEnd;
	/** How the look for the record ended, when the end of the create left its existence open. */
	look?: RequestEnd;
	form: Form;
	/** It was refused although nothing was left to leave out. */
	exhausted: boolean;
}

interface PartByPartDeps {
	call: DataverseCall;
	toRecord: (form: Form) => CrmRecord;
	columns: LeadColumns;
	/** Columns that a setting fills, not we by ourselves. */
	mapped: ReadonlySet<string>;
	clock: Clock;
}

/** Each try is a request that creates one record at most. */
const mostTries = 12;
/** More than Dataverse says about one record. */
const longestMessage = 16 * 1024;
/** After so long the next try is the last but one: the attempt has a deadline. */
const patienceMs = 8000;

/**
 * Creates the record, and leaves out of it what Dataverse refuses: first the part that the answer names, then, one after the other, what is least important,
 * finally all but the smallest form. What did not change the answer was not to blame, and is there again.
 */
export async function createPartByPart({ call, toRecord, columns, mapped, clock }: PartByPartDeps): Promise<Created> {
	const began = clock();
	const without = new Map<string, Left>();
	const limits = new Map<string, number>();
	const innocent = new Set<string>();
	let smallest: string | undefined;
	let before: { signature: string; left: string[] } | undefined;
	const tried = new Set<string>();
	for (let tries = 1; ; tries++) {
		const form: Form = { without: new Map(without), limits: new Map(limits), smallest };
		const record = toRecord(form);
		const end = await createRecord(call, record);
		const look = leavesOpen(end, call.leadId) ? await findRecord(call) : undefined;
		const created = { end, form, exhausted: false, ...(look && { look }) };
		if (end.stage !== 'answer' || (look && !isKeyTaken(end, look))) return created;
		const { answer } = end;
		const refusal = toRefusal(answer);
		if (refusal === 'whole') return { ...created, exhausted: dataverseCode(answer.code) === codes.plugInRefused };
		const signature = `${answer.status} ${answer.code} ${answer.message}`;
		if (before?.signature === signature)
			for (const column of before.left) {
				innocent.add(column);
				without.delete(column);
			}
		const all = partsOf(toRecord({ without, limits, smallest }), columns);
		const parts = all.filter(({ column }) => !innocent.has(column));
		const code = codeOf(answer);
		// Dataverse says why; what says nothing may be a proxy, and is not asked again and again.
		const isMute = dataverseCode(answer.code) === '' && (answer.message === '' || answer.message.length > longestMessage);
		const isLate = isMute || tries >= mostTries - 2 || clock() - began > patienceMs;
		const named = namedIn(answer, parts, record, mapped).filter((column) => refusal !== 'key' || mapped.has(column));
		if (refusal === 'key' && named.length === 0) return created;
		if (tries >= mostTries) return { ...created, exhausted: true };
		before = undefined;
		if (named.length > 0) {
			const cut = named.filter((column) => !limits.has(column) && shorten(column));
			const left = named.filter((column) => !cut.includes(column));
			for (const column of left) without.set(column, { code, named: true });
			if (left.length > 0 || cut.length > 0) before = { signature, left };
			if (!isLate) continue;
		}
		if (smallest !== undefined) {
			if (named.length > 0) continue;
			return { ...created, exhausted: true };
		}
		const step = isLate ? undefined : nextStep(stepsFor(refusal, answer, { parts, all }, mapped), tried);
		if (step) {
			for (const column of step) without.set(column, { code, named: false });
			before = { signature, left: step };
			continue;
		}
		if (refusal === 'privilege' && !isLate) return { ...created, exhausted: true };
		for (const [column, left] of [...without]) if (!left.named) without.delete(column);
		smallest = code;

		function shorten(column: string): boolean {
			const value = record[column];
			const most = lengthIn(answer, typeof value === 'string' ? value : undefined) ?? shortest[column];
			if (most === undefined || typeof value !== 'string' || value.length <= most || !isTooLong(answer)) return false;
			limits.set(column, most);
			return true;
		}
	}
}

/** These are never done without when a shorter text serves. */
const shortest: Record<string, number> = { subject: 50, lastname: 20, description: 500 };
const isTooLong = ({ code }: Answer) => ['0x80044331', '0x80090429'].includes(dataverseCode(code));

/** What is left out to see whether it is to blame: alone, least important first. */
function stepsFor(
	refusal: Refusal,
	answer: Answer,
	{ parts, all }: { parts: Part[]; all: Part[] },
	mapped: ReadonlySet<string>,
): string[][] {
	const of = (matches: (part: Part) => boolean, from = parts) => from.filter(matches).map(({ column }) => column);
	const isTime = ({ column }: Part) => column === 'overriddencreatedon';
	const points = ({ set }: Part) => set !== undefined;
	const isOptional = (part: Part) =>
		!points(part) && (mapped.has(part.column) || part.column === 'leadsourcecode') && !isNeeded(part.column);
	const usual = (...names: string[]) => of(({ column }) => names.includes(column) && !mapped.has(column));
	if (refusal === 'lookup') return [of(points)];
	// Several of them may be to blame, each with the same words.
	const together = of((part) => isTime(part) || points(part) || isOptional(part), all);
	const steps = [ofKind(answer, parts), of(isTime), of(points), of(isOptional), together];
	if (refusal === 'privilege') return steps;
	return [
		...steps,
		usual('donotemail', 'donotphone', 'donotbulkemail'),
		usual('jobtitle', 'address1_country'),
		usual('telephone1', 'companyname'),
		usual('firstname', 'emailaddress1'),
	];
}

const isNeeded = (column: string) => ['subject', 'lastname', 'description'].includes(column);

/** The first that was not tried yet. */
function nextStep(steps: string[][], tried: Set<string>): string[] | undefined {
	for (const step of steps) {
		const key = step.join();
		if (step.length === 0 || tried.has(key)) continue;
		tried.add(key);
		return step;
	}
	return undefined;
}

function codeOf({ status, code, message }: Answer): string {
	const [privilege] = privilegesIn(message);
	return `${status} ${dataverseCode(code)}`.trim() + (privilege ? `, ${privilege} is missing` : '');
}
