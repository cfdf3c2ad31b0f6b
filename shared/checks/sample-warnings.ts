import type { FieldEntry } from '../destinations/crm/field-map/field-map.ts';
import type { FieldValue } from '../destinations/crm/field-map/resolve-fields.ts';
import type { LeadColumns } from '../destinations/crm/metadata/lead-column.ts';
import { type Environment, gatherParts } from '../destinations/crm/record-parts.ts';
import { toCrmRecord } from '../destinations/crm/to-crm-record.ts';
import type { RouteChoice } from '../routes/route.ts';
import { templateTags } from '../templates/template-tags.ts';
import { type CheckMeans, checkTimeoutMs } from './check.ts';

/** A way that leads go: the usual one, or that of a rule. */
export interface Way {
	rule?: number;
	choice: RouteChoice;
}

/** Stands for what a lead will say. */
const said = 'what a lead will say';
const anyRecord = { id: '00000000-0000-0000-0000-000000000000' };
const nobody = { leadId: anyRecord.id, lead: { isTest: false, doNotContact: false, hasContact: false }, attempt: 1 };

/** Makes the record of nobody's lead: what each delivery on this way would warn about. Columns that are not there are left out. */
export async function sampleWarnings({ rule, choice }: Way, ask: Environment, means: CheckMeans): Promise<string[]> {
	const { settings, clock, deadline } = means;
	const signal = deadline(checkTimeoutMs);
	const columns = await ask.columns(signal);
	const request = { ...nobody, receivedAt: new Date(clock()), choice: { ...choice, fields: toSample(choice.fields, columns) } };
	const parts = await gatherParts(request, { ...settings.crm, fields: toSample(settings.crm.fields, columns) }, ask, signal);
	const { warnings } = toCrmRecord(request, {}, { ...parts, fields: (parts.fields ?? []).map(withoutSample) });
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

/** That the sample itself fits nowhere, and that no record has it, tells nothing of leads. */
function withoutSample(field: FieldValue): FieldValue {
	if (field.said !== said) return field;
	const { record } = field;
	const missing = record && 'missing' in record.found ? record.found.missing : undefined;
	const isUnsure = missing === 'none' || missing === 'several';
	return { ...field, constant: false, ...(record && isUnsure && { record: { ...record, found: anyRecord } }) };
}

/** What there is instead. */
function withChoices(sentence: string, { byName }: LeadColumns): string {
	const [, name = ''] = /\.(\w+): its value is none of the choices$/.exec(sentence) ?? [];
	const column = byName.get(name);
	if (column?.type !== 'choice') return sentence;
	return `${sentence}. There are: ${choicesOf(column.choices)}`;
}

/** `10 Basic, 20 Professional`. */
export const choicesOf = (choices: { value: number; labels: string[] }[]): string =>
	choices
		.slice(0, 20)
		.map(({ value, labels }) => `${value} ${labels[0] ?? ''}`.trim())
		.join(', ') || 'none';
