import type { DeliveryRequest } from '../../delivery/destination.ts';
import type { Lead } from '../../lead/lead.ts';
import { leadLabels } from '../../lead/lead-words.ts';
import { crmDescription, type Note } from './crm-description.ts';
import type { CrmSettings } from './crm-settings.ts';
import type { FoundOwner } from './field-map/owner.ts';
import type { FieldValue } from './field-map/resolve-fields.ts';
import { fillField } from './fill-field.ts';
import { builtInColumns, shortestSubject } from './metadata/built-in-columns.ts';
import type { LeadColumn, LeadColumns } from './metadata/lead-column.ts';
import { type CrmRecord, openSheet, type RecordSheet } from './record-sheet.ts';
import { type UsualValue, usualColumns, usualValues, type Wording } from './usual-values.ts';
import { type Described, valuesIn, whatIsNowhere } from './values-in.ts';

/** What a record is made of beside the lead. */
export interface RecordParts {
	columns?: LeadColumns;
	fields?: FieldValue[];
	owner?: { setting: string; found: FoundOwner } | undefined;
	/** What was complained about before. */
	warnings?: string[];
	/** Columns (by logical name) that are left out, as Dataverse refused them: what they would say goes to the description. */
	without?: ReadonlySet<string>;
	/** Whether the record says when the lead came; it does unless this is false. */
	tellsTime?: boolean;
}

export interface FilledRecord {
	record: CrmRecord;
	/** What is wrong with settings, although the lead is delivered: sentences that begin with setting and column, free of what leads say. */
	warnings: string[];
	/** What of the lead is not whole in a column: it is in the description. */
	notes: Note[];
}

const none: ReadonlySet<string> = new Set();
const neverEmpty = ['subject', 'lastname'];

/**
 * The record for one lead: what does not fit a column is cut there and whole in the description; what a column cannot take is in the description alone;
 * `subject` and `lastname` are never empty. Never throws.
 */
export function toCrmRecord(
	request: DeliveryRequest,
	{ leadSource, ...wording }: Pick<CrmSettings, 'leadSource'> & Wording,
	{ columns = builtInColumns, fields = [], owner, warnings = [], without = none, tellsTime = true }: RecordParts = {},
): FilledRecord {
	const { lead, receivedAt } = request;
	const sheet = openSheet(columns);
	sheet.warnings.push(...warnings);
	const usual = usualValues(lead, wording);
	const mapped = new Set(fields.map(({ column }) => column));
	const inDescription = fields.find(({ column }) => column === 'description');
	const filled: FieldValue[] = [];
	for (const field of fields) {
		if (without.has(field.column)) noteField(sheet, field);
		else if (field !== inDescription && fillField(sheet, field)) filled.push(field);
	}
	for (const value of usual)
		if (without.has(value.column)) noteRefused(sheet, value);
		else if (!mapped.has(value.column) || (neverEmpty.includes(value.column) && sheet.record[value.column] === undefined))
			fillUsual(sheet, value);
	if (leadSource !== undefined && !mapped.has('leadsourcecode')) {
		mapped.add('leadsourcecode');
		if (without.has('leadsourcecode'))
			sheet.notes.push({ label: 'Lead source', text: choiceInWords(sheet.find('leadsourcecode'), leadSource) });
		else fillLeadSource(sheet, leadSource);
	}
	if (!without.has('ownerid')) fillOwner(sheet, owner);
	const own = inDescription?.said === undefined ? undefined : String(inDescription.said);
	const elsewhere = [...Object.values(sheet.record), ...filled.map(({ said = '' }) => said), own ?? ''].map(String);
	noteWhatIsNowhere(sheet, lead, usual, elsewhere);
	const noted = sheet.notes.map(({ text }) => text);
	fillDescription(sheet, request, own === undefined ? undefined : { text: own, left: whatIsNowhere(lead, [...elsewhere, ...noted]) });
	Object.assign(
		sheet.record,
		known(sheet, { ...restrictions(request), ...(tellsTime && { overriddencreatedon: receivedAt.toISOString() }) }),
	);
	for (const column of without) delete sheet.record[column];
	warnOfRequired(sheet, columns, mapped);
	return { record: sheet.record, warnings: [...new Set(sheet.warnings)], notes: sheet.notes };
}

/**
 * The smallest record that is still a lead: subject, names and description, for an environment that refused a value. That the customer must not be contacted
 * stays.
 */
export function toSmallestRecord(
	request: DeliveryRequest,
	{ columns = builtInColumns, fields = [], without = none }: RecordParts = {},
): CrmRecord {
	const sheet = openSheet({ ...columns, byName: withShortSubject(columns) });
	const inRecord = ['subject', 'firstname', 'lastname'];
	for (const value of usualValues(request.lead)) {
		if (inRecord.includes(value.column) && !without.has(value.column)) fillUsual(sheet, value);
		else noteRefused(sheet, value);
	}
	for (const field of fields) noteField(sheet, field);
	fillDescription(sheet, request);
	Object.assign(sheet.record, known(sheet, restrictions(request)));
	for (const column of without) delete sheet.record[column];
	return sheet.record;
}

function withShortSubject({ byName }: LeadColumns): Map<string, LeadColumn> {
	const subject = byName.get('subject');
	const changed = new Map(byName);
	if (subject && 'maxLength' in subject) changed.set('subject', { ...subject, maxLength: Math.min(subject.maxLength, shortestSubject) });
	return changed;
}

function fillUsual(sheet: RecordSheet, { column: name, label, text }: UsualValue): void {
	const column = sheet.find(name);
	if (column) sheet.put(column, name, text, { label, constant: false, withReason: false });
	else sheet.notes.push({ label, text });
}

function fillLeadSource(sheet: RecordSheet, leadSource: number): void {
	const column = sheet.find('leadsourcecode');
	if (column)
		sheet.put(column, 'leadsourcecode', leadSource, {
			label: 'Lead source',
			setting: 'DATAVERSE_LEAD_SOURCE',
			constant: true,
			withReason: true,
		});
}

const choiceInWords = (column: LeadColumn | undefined, chosen: number) =>
	(column?.type === 'choice' && column.choices.find(({ value }) => value === chosen)?.labels[0]) || String(chosen);

function fillOwner(sheet: RecordSheet, owner: RecordParts['owner']): void {
	if (!owner) return;
	const { found, setting } = owner;
	if ('id' in found) sheet.record['ownerid@odata.bind'] = `/${found.set}(${found.id})`;
	else if (found.missing === 'none') sheet.warnings.push(`${setting}: no one has this name or address`);
	else if (found.missing === 'several') sheet.warnings.push(`${setting}: several have this name or address`);
	else if (found.missing === 'wrong') sheet.warnings.push(`${setting}: users and teams cannot be searched`);
}

/** A field map may leave out what the lead says: sales finds it in the description. */
function noteWhatIsNowhere(sheet: RecordSheet, { offerTitle }: Lead, usual: UsualValue[], elsewhere: string[]): void {
	const texts = [...elsewhere, ...sheet.notes.map(({ text }) => text)];
	const values: Pick<UsualValue, 'label' | 'fromLead' | 'sameAs'>[] = [
		{ label: leadLabels.offerTitle, ...(offerTitle && { fromLead: offerTitle }) },
		...usual,
	];
	const said = valuesIn(
		texts,
		values.flatMap(({ fromLead = [], sameAs = [] }) => [fromLead, sameAs].flat()),
	);
	for (const { label, fromLead, sameAs } of values)
		if (fromLead && !said.has(fromLead) && !(sameAs && said.has(sameAs))) sheet.notes.push({ label, text: fromLead });
}

function fillDescription(sheet: RecordSheet, request: DeliveryRequest, own?: { text: string; left: Described }): void {
	const column = sheet.find('description');
	if (column && 'maxLength' in column) sheet.record.description = crmDescription(request, { own, notes: sheet.notes }, column.maxLength);
}

/** What a setting says for every lead is told too: sales would miss it. But an id tells no one anything. */
const noteField = (sheet: RecordSheet, { column, said }: FieldValue) => {
	if (said !== undefined && column !== 'description' && !isId(String(said)))
		sheet.notes.push({ label: sheet.find(column)?.label ?? column, text: String(said) });
};
const isId = (text: string) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** What is not of the lead, such as the name of no one, is not worth a note. */
const noteRefused = (sheet: RecordSheet, { label, text, fromLead, column }: UsualValue) => {
	if (fromLead !== undefined || column === 'subject') sheet.notes.push({ label, text });
};

function restrictions({ lead }: DeliveryRequest): CrmRecord {
	return lead.doNotContact ? { donotemail: true, donotphone: true, donotbulkemail: true } : {};
}

/** What the table has columns for. */
const known = (sheet: RecordSheet, values: CrmRecord): CrmRecord =>
	Object.fromEntries(Object.entries(values).filter(([name]) => !sheet.complete || sheet.find(name)));

function warnOfRequired({ warnings, complete }: RecordSheet, { byName }: LeadColumns, mapped: ReadonlySet<string>): void {
	const filled = new Set([...usualColumns, 'ownerid', ...mapped]);
	for (const [name, { required }] of byName)
		if (complete && required && !filled.has(name)) warnings.push(`DATAVERSE_FIELDS.${name}: the column is required, and nothing fills it`);
}
