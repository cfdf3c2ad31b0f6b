import type { Clock } from '../../basics/clock.ts';
import type { GetToken } from '../../basics/open-credential.ts';
import type { DeliveryRequest, Destination } from '../../delivery/destination.ts';
import type { Outcome } from '../../delivery/outcome.ts';
import type { RequestEnd } from '../http/request-end.ts';
import { createRecord, type DataverseCall, findRecord as findLead } from './call-dataverse.ts';
import type { CrmSettings } from './crm-settings.ts';
import { findRecord } from './lookups/find-record.ts';
import { rememberRecords } from './lookups/remember-records.ts';
import { builtInColumns } from './metadata/built-in-columns.ts';
import { readColumns } from './metadata/read-columns.ts';
import { type GetColumns, rememberColumns } from './metadata/remember-columns.ts';
import { gatherParts } from './record-parts.ts';
import type { CrmRecord } from './record-sheet.ts';
import { leavesOpen, refusesCreatedOn, refusesLookup, refusesValue, toCrmOutcome } from './to-crm-outcome.ts';
import { type RecordParts, toCrmRecord, toSmallestRecord } from './to-crm-record.ts';

interface CrmDeps {
	settings: CrmSettings;
	getToken: GetToken;
	fetch: typeof fetch;
	/** Whether the environment is asked for its columns of leads, every few hours; otherwise they are the usual ones. */
	asksForColumns?: boolean;
	clock?: Clock;
	/** An AbortSignal that aborts after so many milliseconds. */
	deadline?: (ms: number) => AbortSignal;
}

/** Leads as records in Dataverse; the lead id is the record's GUID, so that no lead is ever there twice. */
export function createCrmDestination({
	settings,
	getToken,
	fetch,
	asksForColumns = false,
	clock = Date.now,
	deadline = (ms) => AbortSignal.timeout(ms),
}: CrmDeps): Destination {
	const { url, duplicateDetection } = settings;
	if (!url) return { name: 'crm', deliver: async () => unset };
	const dataverse = { url, getToken, fetch };
	const means = { clock, deadline };
	const columns: GetColumns = asksForColumns
		? rememberColumns({ read: (signal) => readColumns(dataverse, signal), ...means })
		: async () => builtInColumns;
	const find = rememberRecords({ find: (question, signal) => findRecord(dataverse, question, signal), ...means });
	return {
		name: 'crm',
		deliver: async (request, signal) => {
			const { leadId } = request;
			const call = { url, leadId, duplicateDetection, getToken, fetch, signal };
			const parts = await gatherParts(request, settings, { columns, findRecord: find }, signal);
			const { forms, warnings } = toForms(request, settings, parts);
			const { end, form, refused } = await create(call, forms);
			const outcome = toCrmOutcome(end, leadId, leavesOpen(end) ? await findLead(call) : undefined);
			if (outcome.kind !== 'delivered') return outcome;
			const mended = refused ? [...warnings, `DATAVERSE_FIELDS or DATAVERSE_OWNER: Dataverse refused the record (${refused})`] : warnings;
			return {
				kind: 'delivered',
				proof: { id: leadId, how: form ? `${outcome.proof.how}, ${form}` : outcome.proof.how },
				...(mended.length > 0 && { warnings: mended }),
			};
		},
	};
}

/** A record, and in words how it differs from what was meant. */
interface Form {
	record: CrmRecord;
	form?: string;
	/** Holds what a field map or an owner says. */
	mapped?: boolean;
}

/** The record as it is meant, and what is tried when it is refused: a smaller record is worth more to sales than none. */
function toForms(request: DeliveryRequest, settings: CrmSettings, parts: RecordParts): { forms: [Form, ...Form[]]; warnings: string[] } {
	const { record, warnings } = toCrmRecord(request, settings, parts);
	const mapped = (parts.fields ?? []).length > 0 || 'ownerid@odata.bind' in record;
	const usual = () => toCrmRecord(request, settings, { ...parts, unmapped: true }).record;
	const smallest: Form = { record: toSmallestRecord(request, parts), form: 'in the smallest form, as a value was refused' };
	return {
		forms: mapped
			? [{ record, mapped }, { record: usual(), form: 'without the field map and the owner, as a value was refused' }, smallest]
			: [{ record }, smallest],
		warnings,
	};
}

/** Creates the record in the first form that is not refused. */
async function create(
	call: DataverseCall,
	[first, ...others]: [Form, ...Form[]],
): Promise<{ end: RequestEnd; form?: string; refused?: string }> {
	let form = first;
	let tellsTime = true;
	let refused: string | undefined;
	for (;;) {
		const { overriddencreatedon, ...rest } = form.record;
		const end = await createRecord(call, tellsTime ? form.record : rest);
		const next = others[0];
		if (tellsTime && overriddencreatedon !== undefined && refusesCreatedOn(end)) tellsTime = false;
		else if (next && (refusesValue(end) || (form.mapped && refusesLookup(end)))) {
			// When the usual columns are refused too, the field map is not to blame.
			refused = form.mapped && end.stage === 'answer' ? `${end.answer.status} ${end.answer.code}`.trim() : undefined;
			form = next;
			others.shift();
		} else {
			const how = form.form ?? (tellsTime ? undefined : 'without the time it came');
			return { end, ...(how && { form: how }), ...(refused && { refused }) };
		}
	}
}

const unset: Outcome = {
	kind: 'configuration',
	code: 'settings',
	reason: 'DATAVERSE_URL is missing',
	remedy: 'Set the app setting DATAVERSE_URL.',
	names: ['DATAVERSE_URL'],
};
