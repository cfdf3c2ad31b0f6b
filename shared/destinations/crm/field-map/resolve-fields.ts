import { clean } from '../../../lead/clean-text.ts';
import { renderText } from '../../../templates/render-text.ts';
import { templateTags } from '../../../templates/template-tags.ts';
import type { TemplateView } from '../../../templates/template-view.ts';
import type { Said } from '../convert-value.ts';
import type { FoundRecord, RecordQuestion } from '../lookups/find-record.ts';
import type { FieldEntry, FieldMap, FieldType, LookupEntry } from './field-map.ts';

/** What one lead says for one column of the field map. */
export interface FieldValue {
	column: string;
	/** The setting that maps it. */
	setting: 'DATAVERSE_FIELDS' | 'LEAD_ROUTES';
	/** The same for every lead: when it does not fit, the setting is wrong. */
	constant: boolean;
	/** Absent when the column is to stay empty. */
	said?: Said;
	/** Without the environment's word. */
	type?: FieldType;
	/** The record that a lookup points to. */
	record?: { set: string; by?: string; found: FoundRecord };
}

/** Renders every column's value for one lead and looks up the records it names, side by side. Never throws. */
export function resolveFields(
	{ setting, fields }: { setting: FieldValue['setting']; fields: FieldMap },
	view: TemplateView,
	find: (question: RecordQuestion) => Promise<FoundRecord>,
): Promise<FieldValue[]> {
	return Promise.all(
		Object.entries(fields).map(async ([column, entry]) => {
			const { value, type, lookup } = unfold(entry);
			const said = typeof value === 'string' ? render(value, view) : value;
			const constant = typeof value !== 'string' || templateTags(value).tags.length === 0;
			const field: FieldValue = { column, setting, constant, ...(said !== undefined && { said }), ...(type && { type }) };
			if (!lookup || said === undefined) return field;
			const { lookup: set, by } = lookup;
			const found = by === undefined ? toFound(String(said)) : await find({ set, by, value: String(said) });
			return { ...field, record: { set, ...(by !== undefined && { by }), found } };
		}),
	);
}

function unfold(entry: FieldEntry): { value: Said | undefined; type?: FieldType | undefined; lookup?: LookupEntry } {
	if (entry === null) return { value: undefined };
	if (typeof entry !== 'object') return { value: entry };
	return 'lookup' in entry ? { value: entry.value, lookup: entry } : { value: entry.value, type: entry.type };
}

/** Templates were checked when the settings were read. */
function render(template: string, view: TemplateView): string | undefined {
	const rendered = renderText(template, view);
	return (rendered.ok && clean(rendered.text)) || undefined;
}

function toFound(text: string): FoundRecord {
	const id = text.toLowerCase();
	return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? { id } : { missing: 'none' };
}
