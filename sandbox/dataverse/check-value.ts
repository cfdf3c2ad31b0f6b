import type { Refusal } from '../refusal.ts';
import type { Column } from './column.ts';
import { payloadRefusal, valueRefusal } from './payload-refusal.ts';

export const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const datePattern = /^(\d{4})-(\d{2})-(\d{2})(T(?:[01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,7})?)?(Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00))?$/;
/** Days that the calendar has: `Date.parse` takes a 30 February for 2 March. */
function isDay([, year, month, day]: RegExpExecArray): boolean {
	const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
	return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}
/** What XML cannot hold. */
const invalidCharacter = /(?![\t\n\r\x7f-\x9f])\p{Cc}|[\ufffe\uffff]|\p{Cs}/u;
const earliest = Date.UTC(1753, 0, 1);

const notOf = (value: unknown, type: string) =>
	payloadRefusal(
		`Cannot convert the literal '${typeof value === 'object' ? JSON.stringify(value) : value}' to the expected type '${type}'.`,
	);
const outside = (column: Column) =>
	valueRefusal(
		'0x8004431A',
		`A validation error occurred. The value of '${column.name}' on record of type 'lead' is outside the valid range.`,
	);

/** Checks a value against its column, as Dataverse does; `null` clears a column and always passes. */
export function checkValue(column: Column, value: unknown): Refusal | undefined {
	if (value === null) return undefined;
	switch (column.kind) {
		case 'String':
		case 'Memo':
			return checkText(column, value);
		case 'Picklist':
		case 'State':
		case 'Status': {
			if (!Number.isInteger(value)) return notOf(value, 'Edm.Int32');
			if (column.choices.some((choice) => choice.value === value)) return undefined;
			const accepted = column.choices.map((choice) => choice.value).join(',');
			const message = `A validation error occurred. The value ${value} of '${column.name}' on record of type 'lead' is outside the valid range. Accepted Values: ${accepted}`;
			return valueRefusal('0x8004431A', message);
		}
		case 'Boolean':
			return typeof value === 'boolean' ? undefined : notOf(value, 'Edm.Boolean');
		case 'Integer':
		case 'Decimal':
		case 'Double':
		case 'Money': {
			const fits = column.kind === 'Integer' ? Number.isInteger(value) : typeof value === 'number';
			if (!fits) return notOf(value, column.kind === 'Integer' ? 'Edm.Int32' : 'Edm.Decimal');
			return (value as number) >= column.min && (value as number) <= column.max ? undefined : outside(column);
		}
		case 'DateTime':
			return checkDate(value, column.dateOnly ?? false);
		case 'Uniqueidentifier':
			return typeof value === 'string' && guidPattern.test(value) ? undefined : notOf(value, 'Edm.Guid');
		case 'Lookup': {
			const message = 'CRM do not support direct update of Entity Reference properties, Use Navigation properties instead.';
			return valueRefusal('0x80060888', message);
		}
	}
}

function checkText({ name, maxLength }: { name: string; maxLength: number }, value: unknown): Refusal | undefined {
	if (typeof value !== 'string') return notOf(value, 'Edm.String');
	const bad = invalidCharacter.exec(value)?.[0].charCodeAt(0);
	if (bad !== undefined) {
		const message = `Invalid character in field '${name}': hexadecimal value 0x${bad.toString(16).padStart(2, '0').toUpperCase()}, is an invalid character.`;
		return valueRefusal('0x80040278', message);
	}
	if (value.length <= maxLength) return undefined;
	const message = `A validation error occurred. The length of the '${name}' attribute of the 'lead' entity exceeded the maximum allowed length of '${maxLength}'.`;
	return valueRefusal('0x80044331', message);
}

function checkDate(value: unknown, dateOnly: boolean): Refusal | undefined {
	if (dateOnly && !/^\d{4}-\d{2}-\d{2}$/.test(String(value))) return notOf(value, 'Edm.Date');
	const match = typeof value === 'string' ? datePattern.exec(value) : null;
	if (typeof value !== 'string' || !match || !isDay(match) || Number.isNaN(Date.parse(value))) return notOf(value, 'Edm.DateTimeOffset');
	if (Date.parse(value) >= earliest) return undefined;
	const message = `DateTime is less than minimum value supported by CrmDateTime. Actual value: ${value}, Minimum value supported: 01/01/1753 00:00:00`;
	return valueRefusal('0x80040239', message);
}
