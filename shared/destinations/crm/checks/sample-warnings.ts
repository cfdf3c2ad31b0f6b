import { checkTimeoutMs } from '../../../basics/check-line.ts';
import type { Choice } from '../../../delivery/destination.ts';
import { templateTags } from '../../../templates/template-tags.ts';
import { crmChoiceOf } from '../crm-choices.ts';
import type { FieldEntry } from '../field-map/field-map.ts';
import type { LeadColumns } from '../metadata/lead-column.ts';
import { type Environment, gatherParts } from '../record-parts.ts';
import { toCrmRecord } from '../to-crm-record.ts';
import { choicesInWords } from './choices-in-words.ts';
import type { CrmCheckDeps } from './crm-check-deps.ts';

/** A way that leads go: the usual one, or that of a rule. */
export interface Way {
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
export async function sampleWarnings({ rule, choice }: Way, ask: Environment, deps: CrmCheckDeps): Promise<string[]> {
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
