import { cut } from '../../shared/lead/clean-text.ts';
import { type Field, fieldOf, fields, foldName, recognised } from './column-names.ts';
import { type Cell, textOf } from './file-rows.ts';

/** Which column holds what. */
export interface Columns {
	/** Index of the row of names. */
	head: number;
	/** The names as the file has them; a column without one has `column 3`. */
	names: string[];
	/** Index of the column by field. */
	of: Partial<Record<Field, number>>;
	/** Indexes of columns that are kept under their own names. */
	others: number[];
	notes: string[];
}

/** Columns, or why they are not known: a person must say. */
export type FoundColumns = { ok: true; columns: Columns } | { ok: false; problem: string };

/** How far down the row of names may be: some exports begin with a title. */
const mostAbove = 30;

/**
 * Finds the columns by their names, and by what a person said of them.
 *
 * @param said names or numbers (from 1) of columns, by field
 */
export function findColumns(rows: Cell[][], said: Partial<Record<Field, string>>): FoundColumns {
	const head = findHead(rows, Object.values(said));
	if (head === undefined) return { ok: false, problem: 'No row names columns that are known.' };
	const width = Math.max(...rows.slice(head).map(({ length }) => length));
	const names = Array.from({ length: width }, (_, index) => textOf(rows[head]?.[index]) || `column ${index + 1}`);
	const of: Columns['of'] = {};
	const notes: string[] = [];
	for (const field of fields) {
		const name = said[field];
		if (name === undefined) continue;
		const index = indexOf(name, names);
		if (index === undefined) return { ok: false, problem: `There is no column ${JSON.stringify(name)}.` };
		of[field] = index;
	}
	const taken = new Set(Object.values(of));
	const best = new Map<Field, { index: number; rank: number }>();
	for (const [index, name] of names.entries()) {
		const known = taken.has(index) ? undefined : fieldOf(name);
		if (!known || of[known.field] !== undefined) continue;
		const before = best.get(known.field);
		if (!before || known.rank < before.rank) best.set(known.field, { index, rank: known.rank });
		if (before)
			notes.push(`Several columns could be ${known.field}: ${JSON.stringify(names[best.get(known.field)?.index ?? 0])} is taken.`);
	}
	for (const [field, { index }] of best) of[field] = index;
	const problem = whatIsMissing(of);
	if (problem !== undefined) return { ok: false, problem };
	const used = new Set(Object.values(of));
	const others = names.flatMap((name, index) => (used.has(index) || name.includes('@') ? [] : [index]));
	return { ok: true, columns: { head, names, of, others, notes } };
}

function findHead(rows: Cell[][], said: string[]): number | undefined {
	let best: { head: number; known: number } | undefined;
	for (const [head, row] of rows.slice(0, mostAbove).entries()) {
		const texts = row.map(textOf);
		const named = said.filter((name) => texts.some((text) => text !== '' && foldName(text) === foldName(name))).length;
		const known = recognised(texts).size + named;
		if (known > (best?.known ?? 0)) best = { head, known };
	}
	if (best && (best.known >= 2 || said.length > 0)) return best.head;
	// Columns that were told by number alone need no names that we know.
	const first = rows.findIndex((row) => row.some((cell) => textOf(cell) !== ''));
	return said.length > 0 && first >= 0 ? first : undefined;
}

function indexOf(name: string, names: string[]): number | undefined {
	const exact = names.findIndex((known) => known.trim() === name.trim());
	if (exact >= 0) return exact;
	const folded = foldName(name) === '' ? -1 : names.findIndex((known) => foldName(known) === foldName(name));
	if (folded >= 0) return folded;
	const number = /^[1-9]\d{0,3}$/.test(name.trim()) ? Number(name) - 1 : -1;
	return number >= 0 && number < names.length ? number : undefined;
}

function whatIsMissing(of: Columns['of']): string | undefined {
	if (of.time === undefined) return 'No column is known to tell when a lead came.';
	const who = ['email', 'phone', 'lastName', 'name', 'company', 'contact'] as const;
	return who.some((field) => of[field] !== undefined)
		? undefined
		: 'No column is known to tell who a lead is: an e-mail address, a phone number or a name.';
}

const looks: [RegExp, string][] = [
	[/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'e-mail addresses'],
	[/^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:\D|$)/, 'dates'],
	[/^\+?[\d\s()/.-]{7,20}$/, 'numbers, perhaps of phones'],
	[/^[0-9a-f]{8}-[0-9a-f]{4}-/i, 'ids'],
	[/^\{.*\}$/s, 'JSON'],
];
const mostLooked = 1000;

const longestName = 60;

/** The columns of a file that are not understood, a line each: name, how many rows have a value, what the values look like. No value is told. */
export function describeColumns(rows: Cell[][]): string[] {
	const head = Math.max(
		0,
		rows.findIndex((row) => row.filter((cell) => textOf(cell) !== '').length > 1),
	);
	const body = rows.slice(head + 1, head + 1 + mostLooked).filter((row) => row.some((cell) => textOf(cell) !== ''));
	return (rows[head] ?? []).map((cell, index) => {
		const values = body.flatMap((row) => textOf(row[index]) || []);
		const date = body.some((row) => row[index] instanceof Date) ? 'dates' : undefined;
		const like =
			date ?? looks.find(([pattern]) => values.length > 0 && values.filter((text) => pattern.test(text)).length > values.length / 2)?.[1];
		const field = fieldOf(textOf(cell))?.field;
		return `${index + 1}. ${JSON.stringify(cut(textOf(cell), longestName))}: ${values.length} of ${body.length} rows${like ? `, like ${like}` : ''}${field ? `, taken for ${field}` : ''}`;
	});
}
