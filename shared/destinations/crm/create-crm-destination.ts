import type { Clock } from '../../basics/time.ts';
import type { AskOnce } from '../../delivery/ask-once.ts';
import type { DeliveryRequest, Destination } from '../../delivery/destination.ts';
import type { Outcome } from '../../delivery/outcome.ts';
import type { GetToken } from '../../tokens/open-credential.ts';
import { createPartByPart, type Form, type Left } from './create-part-by-part.ts';
import type { CrmSettings } from './crm-settings.ts';
import { findRecord, rememberRecords } from './lookups/find-record.ts';
import { builtInColumns } from './metadata/built-in-columns.ts';
import type { LeadColumns } from './metadata/lead-column.ts';
import { readColumns } from './metadata/read-columns.ts';
import { type GetColumns, rememberColumns } from './metadata/remember-columns.ts';
import { gatherParts } from './record-parts.ts';
import { toCrmOutcome } from './to-crm-outcome.ts';
import { type RecordParts, toCrmRecord, toSmallestRecord } from './to-crm-record.ts';

interface CrmDestinationDeps {
	settings: CrmSettings;
	getToken: GetToken;
	fetch: typeof fetch;
	/** Creates records, and looks for them; `fetch` when absent. */
	ask?: AskOnce;
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
	ask = fetch,
	asksForColumns = false,
	clock = Date.now,
	deadline = (ms) => AbortSignal.timeout(ms),
}: CrmDestinationDeps): Destination {
	const { url, duplicateDetection } = settings;
	if (!url) return { name: 'crm', deliver: async () => unset };
	const dataverse = { url, getToken, fetch };
	const deps = { clock, deadline };
	const columns: GetColumns = asksForColumns
		? rememberColumns({ read: (signal) => readColumns(dataverse, signal), ...deps })
		: async () => builtInColumns;
	const find = rememberRecords({ find: (question, signal) => findRecord(dataverse, question, signal), ...deps });
	return {
		name: 'crm',
		deliver: async (request, signal) => {
			const { leadId } = request;
			const call = { url, leadId, duplicateDetection, getToken, ask, signal };
			const gathered = await gatherParts(request, settings, { columns, findRecord: find }, signal);
			const parts = { ...gathered, tellsTime: clock() - request.receivedAt.getTime() >= worthTellingMs };
			const whole = toCrmRecord(request, settings, parts);
			const mapped = new Set([...(parts.fields ?? []).map(({ column }) => column), 'ownerid']);
			const toSmaller = toFormRecord(request, settings, parts);
			const toRecord = (form: Form) => (isWhole(form) ? whole.record : toSmaller(form));
			const { end, look, form, exhausted } = await createPartByPart({
				call,
				toRecord,
				columns: parts.columns ?? builtInColumns,
				mapped,
				clock,
			});
			const outcome = toCrmOutcome(end, leadId, look);
			if (outcome.kind === 'permanent' && exhausted) return { ...outcome, smallest: true };
			if (outcome.kind !== 'delivered') return outcome;
			const said = [...whole.warnings, ...formWarnings(form, parts)];
			const how = formInWords(form);
			return {
				kind: 'delivered',
				proof: { id: leadId, how: how ? `${outcome.proof.how}, ${how}` : outcome.proof.how },
				...(said.length > 0 && { warnings: said }),
			};
		},
	};
}

/** A time that is nearly the record's own tells nothing, and clocks differ by seconds: Dataverse refuses a time to come. */
const worthTellingMs = 60_000;

/** What the record is in each form. */
function toFormRecord(request: DeliveryRequest, settings: CrmSettings, parts: RecordParts) {
	return ({ without, limits, smallest }: Form) => {
		const changed = { ...parts, ...limited(parts, limits), without: new Set(without.keys()) };
		return smallest !== undefined ? toSmallestRecord(request, changed) : toCrmRecord(request, settings, changed).record;
	};
}

const isWhole = ({ without, limits, smallest }: Form) => without.size === 0 && limits.size === 0 && smallest === undefined;

function limited({ columns = builtInColumns }: RecordParts, limits: Form['limits']): { columns: LeadColumns } {
	const byName = new Map(columns.byName);
	for (const [name, most] of limits) {
		const column = byName.get(name);
		if (column && 'maxLength' in column) byName.set(name, { ...column, maxLength: Math.min(column.maxLength, most) });
	}
	return { columns: { ...columns, byName } };
}

const unset: Outcome = {
	kind: 'configuration',
	code: 'settings',
	reason: 'DATAVERSE_URL is missing',
	remedy: 'Set the app setting DATAVERSE_URL.',
	names: ['DATAVERSE_URL'],
};

/** How a record differs from what was meant, in words for its proof; undefined when it does not. */
function formInWords({ without, limits, smallest }: Form): string | undefined {
	if (smallest !== undefined) return 'in the smallest form, as a value was refused';
	const left = [...without.keys()].map((column) => (column === 'overriddencreatedon' ? 'the time it came' : column));
	const words = [left.length > 0 && `without ${left.join(', ')}`, limits.size > 0 && `with a shorter ${[...limits.keys()].join(', ')}`];
	return words.filter(Boolean).join(', ') || undefined;
}

/** What a person can fix, or allow: sentences that begin with the setting, name column and code, and are free of what leads say. */
function formWarnings({ without, limits, smallest }: Form, { fields = [], owner }: RecordParts): string[] {
	const settingOf = (column: string): string => {
		if (column === 'ownerid' && owner) return owner.setting;
		const field = fields.find((one) => one.column === column);
		if (field) return `${field.setting}.${column}`;
		return column === 'leadsourcecode' ? 'DATAVERSE_LEAD_SOURCE' : `DATAVERSE_FIELDS.${column}`;
	};
	const sentence = (column: string, { code, named }: Left) =>
		`${settingOf(column)}: Dataverse ${named ? 'refuses' : 'does not accept the record with'} the column ${column} (${code}): its value is in the description`;
	return [
		...[...without].map(([column, left]) => (column === 'overriddencreatedon' ? timeSentence(left) : sentence(column, left))),
		...[...limits.keys()].map(
			(column) => `${settingOf(column)}: the column ${column} accepts less text than the table says: the text is cut`,
		),
		...(smallest !== undefined
			? [`DATAVERSE_FIELDS: Dataverse refused the record (${smallest}) and named no column: it was created in its smallest form`]
			: []),
	];
}

const timeSentence = ({ code }: Left) =>
	`DATAVERSE_FIELDS.overriddencreatedon: Dataverse refuses the column overriddencreatedon (${code}): the record does not show when the lead arrived`;
