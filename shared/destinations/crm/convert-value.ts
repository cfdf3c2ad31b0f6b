import { clean, cut, oneLine } from '../../lead/clean-text.ts';
import type { Choice, LeadColumn } from './metadata/lead-column.ts';

/** What a column is to be filled with. */
export type Said = string | number | boolean;

/** A value as its column takes it, whole or cut; or in words why it takes none: `is not a date`. */
export type Converted = { fits: 'whole'; value: Said } | { fits: 'cut'; value: string } | { fits: 'not'; why: string };

const whole = (value: Said): Converted => ({ fits: 'whole', value });
const not = (why: string): Converted => ({ fits: 'not', why });

/** Converts a value for its column. Never throws. */
export function convertValue(column: LeadColumn, said: Said): Converted {
	switch (column.type) {
		case 'text':
			return toText(oneLine(String(said)), column.maxLength, column.indivisible);
		case 'memo':
			return toText(clean(String(said)), column.maxLength);
		case 'wholeNumber': {
			const number = toNumber(said, /^[+-]?\d{1,15}$/);
			return number === undefined || !Number.isInteger(number) ? not('is not a whole number') : inRange(number, column);
		}
		case 'decimal': {
			const number = toNumber(said, /^[+-]?\d{1,15}(?:\.\d{1,15})?$/);
			return number === undefined ? not('is not a number') : inRange(round(number, column.precision), column);
		}
		case 'boolean':
			return toBoolean(said);
		case 'date':
			return toDate(String(said).trim(), column.dateOnly ?? false);
		case 'choice':
			return toChoice(said, column.choices, column.open ?? false);
		case 'lookup':
			return not('is not a record: the column needs a lookup');
	}
}

function toText(text: string, maxLength: number, indivisible = false): Converted {
	if (text === '') return not('is blank');
	if (text.length <= maxLength) return whole(text);
	const value = indivisible ? '' : cut(text, maxLength).trimEnd();
	return value === '' ? not('is too long') : { fits: 'cut', value };
}

function toNumber(said: Said, pattern: RegExp): number | undefined {
	if (typeof said === 'number') return Number.isFinite(said) ? said : undefined;
	return typeof said === 'string' && pattern.test(said.trim()) ? Number(said.trim()) : undefined;
}

const round = (number: number, precision = 10) => Number(number.toFixed(Math.min(Math.max(precision, 0), 15)));

function inRange(number: number, { min, max }: { min: number; max: number }): Converted {
	return number >= min && number <= max ? whole(number + 0) : not(`is not from ${min} to ${max}`);
}

const booleans = new Map([
	...['true', 'yes', 'y', 'on', '1'].map((word) => [word, true] as const),
	...['false', 'no', 'n', 'off', '0'].map((word) => [word, false] as const),
]);

function toBoolean(said: Said): Converted {
	const value = booleans.get(String(said).trim().toLowerCase());
	return value === undefined ? not('is neither yes nor no') : whole(value);
}

const dayPattern = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;
/** https://learn.microsoft.com/power-apps/developer/data-platform/behavior-format-date-time-attribute */
const earliest = Date.UTC(1753, 0, 1);

/** ISO 8601: a day, or a time with its offset; a time without one could be anywhere. */
function toDate(text: string, dateOnly: boolean): Converted {
	const [, day = ''] = dayPattern.exec(text) ?? [];
	const time = Date.parse(text);
	const exists = day !== '' && !Number.isNaN(time) && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
	if (!exists) return not('is not a date');
	if (time < earliest + 86_400_000 || time > Date.UTC(9999, 11, 30)) return not('is a date out of range');
	return whole(dateOnly ? day : new Date(time).toISOString());
}

const fold = (text: string) => oneLine(text).toLowerCase();

/** By label first: a label may be a number. */
function toChoice(said: Said, choices: Choice[], open: boolean): Converted {
	const wanted = fold(String(said));
	const labelled = typeof said === 'string' ? choices.find(({ labels }) => labels.some((label) => fold(label) === wanted)) : undefined;
	if (labelled) return whole(labelled.value);
	const number = typeof said === 'boolean' ? undefined : toNumber(said, /^\d{1,10}$/);
	if (number === undefined || !Number.isInteger(number) || number < -1 || number > 2 ** 31 - 1) return not('is not one of the choices');
	return open || choices.some(({ value }) => value === number) ? whole(number) : not('is not one of the choices');
}
