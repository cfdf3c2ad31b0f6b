import type { FieldType } from './field-map/field-map.ts';
import type { FieldValue } from './field-map/resolve-fields.ts';
import type { FoundRecord } from './lookups/find-record.ts';
import type { LeadColumn } from './metadata/lead-column.ts';
import type { RecordSheet } from './record-sheet.ts';

/** Columns of the declared types as Dataverse makes them unless it is told otherwise. */
const declared: Record<FieldType, LeadColumn> = {
	text: { type: 'text', maxLength: 100 },
	memo: { type: 'memo', maxLength: 2000 },
	wholeNumber: { type: 'wholeNumber', min: -(2 ** 31), max: 2 ** 31 - 1 },
	decimal: { type: 'decimal', min: -100_000_000_000, max: 100_000_000_000, precision: 2 },
	boolean: { type: 'boolean' },
	date: { type: 'date' },
	choice: { type: 'choice', choices: [], open: true },
};

/** Fills in one column of the field map; whether anything is in it now. What is wrong never stops the lead. */
export function fillField(sheet: RecordSheet, field: FieldValue): boolean {
	const { column: name, said, constant } = field;
	if (said === undefined) return false;
	const setting = `${field.setting}.${name}`;
	const found = sheet.find(name);
	const note = (why: string) => {
		if (!constant) sheet.notes.push({ label: found?.label ?? name, text: String(said), why });
		return false;
	};
	const warn = (problem: string, why: string) => {
		sheet.warnings.push(`${setting}: ${problem}`);
		return note(why);
	};
	if (!found && sheet.complete) return warn('is not a column of leads that can be filled', 'has no column');
	if (field.record) {
		if (!found) return note('its column is not known at the moment');
		if (found.type !== 'lookup') return warn('is not a lookup', 'has no column');
		// Whoever sends leads could raise an alert with every one.
		const warnIfOurs = constant ? warn : (_: string, why: string) => note(why);
		return fillLookup(sheet, field.record, found, { warn, warnIfOurs, note });
	}
	const column = found ?? (field.type && declared[field.type]);
	if (!column) return note('its column is not known at the moment');
	if (column.type === 'lookup') return warn('is a lookup: write { "lookup": …, "value": … }', 'has no record');
	return sheet.put(column, name, said, { label: found?.label ?? name, setting, constant, withReason: true });
}

interface Complain {
	warn: (problem: string, why: string) => boolean;
	/** Warns only when the value is the setting's, not a lead's. */
	warnIfOurs: (problem: string, why: string) => boolean;
	note: (why: string) => boolean;
}

function fillLookup(
	sheet: RecordSheet,
	{ set, by, found }: { set: string; by?: string; found: FoundRecord },
	{ targets }: LeadColumn & { type: 'lookup' },
	{ warn, warnIfOurs, note }: Complain,
): boolean {
	const target = targets.find(({ table }) => isPluralOf(set, table)) ?? targets.find(({ table }) => isNear(set, table));
	if (!target) return warn(`does not point to ${set}`, 'has no record');
	if ('missing' in found) {
		switch (found.missing) {
			case 'none':
				return warnIfOurs(by ? `no record of ${set} has this ${by}` : 'its value is not an id', 'no record found');
			case 'several':
				return warnIfOurs(`several records of ${set} have this ${by}`, 'several records found');
			case 'wrong':
				return warn(`${set} cannot be searched by ${by}`, 'no record found');
			case 'unanswered':
				return note('no record found at the moment');
		}
	}
	sheet.record[`${target.property}@odata.bind`] = `/${set}(${found.id})`;
	return true;
}

/** Dataverse names an entity set by the plural of its table, for the most part. */
const isPluralOf = (set: string, table: string) => [`${table}s`, `${table}es`, table.replace(/y$/, 'ies')].includes(set.toLowerCase());
const isNear = (set: string, table: string) => set.toLowerCase().startsWith(table.slice(0, -1));
