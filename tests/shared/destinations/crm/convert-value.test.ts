import { describe, expect, it } from '@jest/globals';
import { convertValue, type Said } from '../../../../shared/destinations/crm/convert-value.ts';
import type { LeadColumn } from '../../../../shared/destinations/crm/metadata/lead-column.ts';

const text: LeadColumn = { type: 'text', maxLength: 5 };
const phone: LeadColumn = { type: 'text', maxLength: 5, indivisible: true };
const memo: LeadColumn = { type: 'memo', maxLength: 20 };
const seats: LeadColumn = { type: 'wholeNumber', min: 1, max: 100 };
const score: LeadColumn = { type: 'decimal', min: -1, max: 1, precision: 2 };
const flag: LeadColumn = { type: 'boolean' };
const day: LeadColumn = { type: 'date', dateOnly: true };
const time: LeadColumn = { type: 'date' };
const plan: LeadColumn = {
	type: 'choice',
	choices: [
		{ value: 10, labels: ['Basic', 'Basis'] },
		{ value: 20, labels: ['10'] },
	],
};
const anyPlan: LeadColumn = { ...plan, open: true };

describe('a value', () => {
	it.each<[string, LeadColumn, Said, Said]>([
		['text', text, 'a\nb', 'a b'],
		['a number in text', text, 12, '12'],
		['lines', memo, 'a\r\nb', 'a\nb'],
		['a whole number', seats, ' 42 ', 42],
		['a number as it is', seats, 42, 42],
		['a decimal', score, '-0.5', -0.5],
		['more digits than the column has', score, '0.12345', 0.12],
		['yes', flag, 'Yes', true],
		['0', flag, '0', false],
		['false as it is', flag, false, false],
		['a day', day, '2026-11-23', '2026-11-23'],
		['the day of a time', day, '2026-11-23T22:46:10Z', '2026-11-23'],
		['a time', time, '2026-11-23T22:46:10+02:00', '2026-11-23T20:46:10.000Z'],
		['a day as a time', time, '2026-11-23', '2026-11-23T00:00:00.000Z'],
		['a label', plan, ' bASIC ', 10],
		['a label of another language', plan, 'basis', 10],
		['a label that is a number, before the number', plan, '10', 20],
		['a choice by value', plan, 10, 10],
		['a choice by value in text', plan, '20', 20],
		['a choice that may be there', anyPlan, 30, 30],
	])('fits as %s', (_, column, said, value) => {
		expect(convertValue(column, said)).toEqual({ fits: 'whole', value });
	});

	it.each<[LeadColumn, Said, string]>([
		[text, ' ', 'is blank'],
		[phone, '123456', 'is too long'],
		[seats, 'many', 'is not a whole number'],
		[seats, '4.5', 'is not a whole number'],
		[seats, 4.5, 'is not a whole number'],
		[seats, true, 'is not a whole number'],
		[seats, '101', 'is not from 1 to 100'],
		[seats, '1e1', 'is not a whole number'],
		[score, '1,5', 'is not a number'],
		[score, '2', 'is not from -1 to 1'],
		[score, Number.NaN, 'is not a number'],
		[flag, 'perhaps', 'is neither yes nor no'],
		[day, '2026-02-30', 'is not a date'],
		[day, '23.11.2026', 'is not a date'],
		[time, '2026-11-23T22:46:10', 'is not a date'],
		[time, '2026-13-01', 'is not a date'],
		[time, '1700-01-01', 'is a date out of range'],
		[plan, 'Enterprise', 'is not one of the choices'],
		[plan, 30, 'is not one of the choices'],
		[plan, true, 'is not one of the choices'],
		[{ type: 'lookup', targets: [] }, 'x', 'is not a record: the column needs a lookup'],
	])('does not fit %j: %j', (column, said, why) => {
		expect(convertValue(column, said)).toEqual({ fits: 'not', why });
	});

	it('is cut between graphemes', () => {
		expect(convertValue(text, 'abcd🚀')).toEqual({ fits: 'cut', value: 'abcd' });
	});
});
