import { type CheckLine, checkTimeoutMs, warning } from '../../../basics/check-line.ts';
import { howToSet } from '../../../basics/environment.ts';
import type { Choice } from '../../../delivery/destination.ts';
import { templateTags } from '../../../templates/template-tags.ts';
import { crmChoiceOf } from '../crm-choices.ts';
import { crmName } from '../crm-settings.ts';
import type { FieldEntry } from '../field-map/field-map.ts';
import { readOwner } from '../field-map/owner.ts';
import { DataverseRefusal } from '../get-json.ts';
import { findRecord, rememberRecords } from '../lookups/find-record.ts';
import type { LeadColumns } from '../metadata/lead-column.ts';
import { type Environment, gatherParts } from '../record-parts.ts';
import { toCrmRecord } from '../to-crm-record.ts';
import { askDataverse } from './ask-dataverse.ts';
import { type CrmCheckDeps, choicesInWords } from './crm-check-deps.ts';
import type { PointedTables } from './find-tables.ts';

/** What the field map, the owner and the rules make of a record in this environment, with its own columns and records. */
export async function checkMapping(columns: LeadColumns, tables: PointedTables, deps: CrmCheckDeps): Promise<CheckLine[]> {
	const refused = new Map<string, number>();
	const ask: Environment = { columns: async () => columns, findRecord: searching(deps, refused) };
	const found = await Promise.all(
		waysOf(deps).flatMap((way) => [sampleWarnings(way, ask, deps), findMissingRecords(way, columns, tables, deps)]),
	);
	const complaints = [...new Set(found.flat())].map((problem) =>
		warning('lead columns', `${problem}.`, howToSet(/^[A-Z_]+/.exec(problem)?.[0] ?? '', deps.environment)),
	);
	const unsearched = [...refused].map(([set, status]) =>
		warning(
			'lead columns',
			`${set} cannot be searched (${status}): lookups to it stay empty.`,
			'Let the identity read that table: bash infra/permissions/dataverse-user.sh --url DATAVERSE_URL --client-id AZURE_CLIENT_ID --privilege NAME --apply',
		),
	);
	return [...complaints, ...unsearched];
}

/** Of the ways to the CRM the usual one, and those of rules that say something else about the record. */
function waysOf({ isUsual, routes }: CrmCheckDeps): Way[] {
	const usual: Way = { choice: {} };
	const differing = routes.filter(({ choice }) => choice.fields !== undefined || choice.owner !== undefined);
	return [usual, ...differing].filter(({ choice }) => choice.destinations?.includes(crmName) ?? isUsual);
}

/** Searches as a delivery does; notes which sets may not be searched. */
function searching(
	{ own, clientId, tokensOf, fetch, clock, deadline }: CrmCheckDeps,
	refused: Map<string, number>,
): Environment['findRecord'] {
	const dataverse = { url: own.url ?? '', getToken: tokensOf(clientId), fetch };
	return rememberRecords({
		find: async (question, signal) => {
			try {
				return await findRecord(dataverse, question, signal);
			} catch (error) {
				if (error instanceof DataverseRefusal) refused.set(question.set, error.status);
				throw error;
			}
		},
		clock,
		deadline,
	});
}

/** A way that leads go: the usual one, or that of a rule. */
interface Way {
	rule?: number;
	choice: Choice;
}

/** Stands for what a lead will say. */
const said = 'what a lead will say';
const nobody = {
	leadId: '00000000-0000-0000-0000-000000000000',
	lead: { isTest: false, doNotContact: false, hasContact: false },
	attempt: 1,
};

/** Makes the record of no one's lead: what each delivery on this way would warn about. Columns that are not there are left out. */
async function sampleWarnings({ rule, choice }: Way, ask: Environment, deps: CrmCheckDeps): Promise<string[]> {
	const { own, clock, deadline } = deps;
	const signal = deadline(checkTimeoutMs);
	const columns = await ask.columns(signal);
	const request = {
		...nobody,
		receivedAt: new Date(clock()),
		choice: { ...choice, fields: toSample(crmChoiceOf({ choice }).fields, columns) },
	};
	const parts = await gatherParts(request, { ...own, fields: toSample(own.fields, columns) }, ask, signal);
	// That the sample fits nowhere, and that no record has it, tells nothing of leads.
	const fields = (parts.fields ?? []).map((field) => (field.said === said ? { ...field, constant: false } : field));
	const { warnings } = toCrmRecord(request, {}, { ...parts, fields });
	return warnings.map((sentence) => withChoices(sentence.replace(/^LEAD_ROUTES/, `LEAD_ROUTES rule ${rule}`), columns));
}

function toSample(fields: Record<string, unknown> = {}, { byName }: LeadColumns): Record<string, FieldEntry> {
	const known = Object.entries(fields as Record<string, FieldEntry>).filter(([name]) => byName.has(name));
	return Object.fromEntries(known.map(([name, entry]) => [name, sampleOf(entry)]));
}

function sampleOf(entry: FieldEntry): FieldEntry {
	if (typeof entry === 'string') return templateTags(entry).tags.length > 0 ? said : entry;
	return typeof entry === 'object' && entry !== null ? ({ ...entry, value: sampleOf(entry.value) } as FieldEntry) : entry;
}

/** What there is instead. */
function withChoices(sentence: string, { byName }: LeadColumns): string {
	const [, name = ''] = /\.(\w+): its value is not one of the choices$/.exec(sentence) ?? [];
	const column = byName.get(name);
	if (column?.type !== 'choice') return sentence;
	return `${sentence}. Choices: ${choicesInWords(column.choices)}`;
}

const guid = /^\s*[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\s*$/i;
const ownerIds = { systemusers: 'systemuserid', teams: 'teamid' };

/** Who and what is named by an id and is not there, and entity sets that are none: a delivery finds them out only by a refused record. Never throws. */
async function findMissingRecords(
	{ rule, choice }: Way,
	{ byName }: LeadColumns,
	tables: PointedTables,
	deps: CrmCheckDeps,
): Promise<string[]> {
	const { own } = deps;
	const chosen = crmChoiceOf({ choice });
	const isUsual = rule === undefined;
	const fields = (isUsual ? own.fields : chosen.fields) ?? {};
	const complaints = Object.entries(fields as Record<string, FieldEntry>).map(async ([name, entry]) => {
		if (!byName.has(name) || typeof entry !== 'object' || entry === null || !('lookup' in entry)) return undefined;
		const { lookup: set, by, value } = entry;
		const column = `${isUsual ? 'DATAVERSE_FIELDS' : `LEAD_ROUTES rule ${rule}`}.${name}`;
		const table = tables.get(set);
		if (table === null) return `${column}: there is no entity set ${set}`;
		return table && by === undefined && guid.test(value) && (await isMissing(set, value, table.primaryId, deps))
			? `${column}: ${set} has no record with this id`
			: undefined;
	});
	const named = readOwner((isUsual ? own.owner : chosen.owner) ?? '');
	const owner = named.ok && 'id' in named.owner ? named.owner : undefined;
	const ownerComplaint = async () =>
		owner && (await isMissing(owner.set, owner.id, ownerIds[owner.set], deps))
			? `${isUsual ? 'DATAVERSE_OWNER' : `LEAD_ROUTES rule ${rule}: owner`}: no user or team has this id`
			: undefined;
	return (await Promise.all([...complaints, ownerComplaint()])).filter((complaint) => complaint !== undefined);
}

async function isMissing(set: string, id: string, primaryId: string, deps: CrmCheckDeps): Promise<boolean> {
	const reply = await askDataverse(deps, `${set}(${id.trim()})?$select=${primaryId}`);
	return !reply.ok && reply.end.stage === 'answer' && reply.end.answer.status === 404;
}
