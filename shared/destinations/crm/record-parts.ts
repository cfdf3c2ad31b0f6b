import { remember } from '../../basics/remember.ts';
import type { DeliveryRequest } from '../../delivery/destination.ts';
import { type TemplateView, templateView } from '../../templates/template-view.ts';
import { crmChoiceOf } from './crm-choices.ts';
import type { CrmSettings } from './crm-settings.ts';
import { type CheckedFieldMap, checkFieldMap } from './field-map/check-field-map.ts';
import { findOwner, readOwner } from './field-map/owner.ts';
import { type FieldValue, resolveFields } from './field-map/resolve-fields.ts';
import type { FindRecord, RecordQuestion } from './lookups/find-record.ts';
import type { GetColumns } from './metadata/remember-columns.ts';
import type { RecordParts } from './to-crm-record.ts';

/** What of the environment a record depends on. */
export interface Environment {
	columns: GetColumns;
	findRecord: FindRecord;
}

type MappingSettings = Pick<CrmSettings, 'fields' | 'owner' | 'locale' | 'timeZone'>;

/** Gathers what a record is made of: the table's columns, what the field map says of this lead, the owner; all side by side. Never throws. */
export async function gatherParts(
	request: DeliveryRequest,
	settings: MappingSettings,
	{ columns, findRecord }: Environment,
	signal: AbortSignal,
): Promise<RecordParts> {
	const find = (question: RecordQuestion) => findRecord(question, signal);
	const chosen = checkChosen(crmChoiceOf(request).fields);
	const resolved = resolveAll(request, settings, chosen, find);
	const [known, fields, owner] = await Promise.all([columns(signal), resolved, ownerOf(request, settings, find)]);
	return { columns: known, fields, owner, warnings: chosen.issues.map(({ problem }) => `LEAD_ROUTES: ${problem}`) };
}

/** A rule's columns take the place of the setting's. */
async function resolveAll(
	request: DeliveryRequest,
	{ fields = {}, locale = 'en-GB', timeZone = 'UTC' }: MappingSettings,
	chosen: CheckedFieldMap,
	find: (question: RecordQuestion) => ReturnType<FindRecord>,
): Promise<FieldValue[]> {
	const usual = Object.fromEntries(Object.entries(fields).filter(([column]) => !Object.hasOwn(chosen.fields, column)));
	if (Object.keys(usual).length + Object.keys(chosen.fields).length === 0) return [];
	const view: TemplateView = templateView({ ...request, locale, timeZone });
	const all = await Promise.all([
		resolveFields({ setting: 'DATAVERSE_FIELDS', fields: usual }, view, find),
		resolveFields({ setting: 'LEAD_ROUTES', fields: chosen.fields }, view, find),
	]);
	return all.flat();
}

async function ownerOf(
	request: DeliveryRequest,
	{ owner: usual }: MappingSettings,
	find: (question: RecordQuestion) => ReturnType<FindRecord>,
): Promise<RecordParts['owner']> {
	const chosen = crmChoiceOf(request).owner;
	const text = chosen ?? usual;
	const owner = text === undefined ? undefined : readOwner(text);
	if (!owner?.ok) return undefined;
	return { setting: chosen === undefined ? 'DATAVERSE_OWNER' : 'LEAD_ROUTES: owner', found: await findOwner(owner.owner, find) };
}

const none: CheckedFieldMap = { fields: {}, issues: [] };
/** Rules are read once, leads are many. */
const checkChosen = remember((fields: Record<string, unknown> | undefined): CheckedFieldMap => (fields ? checkFieldMap(fields) : none));
