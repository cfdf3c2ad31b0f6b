import { CsvError, parse } from 'csv-parse/sync';
import { charsetOf, decodePayload } from '../../shared/lead/decode-payload.ts';
import { recognised } from './column-names.ts';
import { type FileRows, mostRows, UnreadableFile } from './file-rows.ts';

const separators = [',', ';', '\t', '|'] as const;
type Separator = (typeof separators)[number];
const separatorNames: Record<Separator, string> = { ',': 'a comma', ';': 'a semicolon', '\t': 'a tab', '|': 'a bar' };

const mostSampled = 20;
/** One cell of a lead is never longer; one that is was begun by a quotation mark that no one ended. */
const longestRow = 1024 * 1024;

/** Reads comma-separated values, whatever separates them and in whatever charset. */
export function readCsv(bytes: Uint8Array, path: string): FileRows {
	const { text: whole, charset, notes } = decode(bytes);
	// Excel writes, and obeys, such a first line.
	const [line, said] = /^sep=(.)\r?\n/i.exec(whole) ?? [];
	const text = line === undefined ? whole : whole.slice(line.length);
	if (!text.trim()) throw new UnreadableFile(`${path} is empty.`);
	const separator = separators.find((known) => known === said) ?? likeliest(text);
	try {
		const rows = split(text, separator, mostRows + 1);
		return { kind: `CSV, separated by ${separatorNames[separator]}, ${charset}`, rows: rows.map((row) => row.map(unguarded)), notes };
	} catch (error) {
		if (!(error instanceof CsvError)) throw error;
		const at = Number(error.lines);
		throw new UnreadableFile(
			`${path} is damaged${Number.isFinite(at) ? ` near line ${at}` : ''} (${error.code}): a quotation mark is missing, or the file was cut off. Export it again.`,
		);
	}
}

/** A text that is read in UTF-8, unless its bytes say otherwise. No text but one in UTF-16 has bytes of 0. */
function decode(bytes: Uint8Array): { text: string; charset: string; notes: string[] } {
	const zeros = [0, 0];
	for (let index = 0; index < Math.min(bytes.length, 65_536); index++)
		if (bytes[index] === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
	const [even = 0, odd = 0] = zeros;
	if (even + odd > 0) {
		const charset = odd >= even ? 'utf-16le' : 'utf-16be';
		return { text: new TextDecoder(charset).decode(bytes), charset: 'UTF-16', notes: [] };
	}
	const { name, guessed } = charsetOf(bytes);
	const text = decodePayload(bytes);
	const notes = guessed
		? ['The file is not UTF-8: it was read as windows-1252. Look at the names below; if they are wrong, save it as UTF-8.']
		: [];
	return { text, charset: name === 'utf-8' ? 'UTF-8' : name, notes };
}

/** The separator that gives the most columns whose names we know, then the most columns. */
function likeliest(text: string): Separator {
	let best: { separator: Separator; known: number; columns: number } = { separator: ',', known: -1, columns: -1 };
	for (const separator of separators) {
		const rows = sample(text, separator);
		const known = Math.max(0, ...rows.map((row) => recognised(row).size));
		const columns = Math.max(0, ...rows.map(({ length }) => length));
		if (known > best.known || (known === best.known && columns > best.columns)) best = { separator, known, columns };
	}
	return best.separator;
}

function sample(text: string, separator: Separator): string[][] {
	try {
		return split(text, separator, mostSampled);
	} catch {
		// Its row of names may be whole all the same.
		return splitFirstLine(text, separator);
	}
}

function splitFirstLine(text: string, separator: Separator): string[][] {
	try {
		return split(/^.*/.exec(text)?.[0] ?? '', separator, 1);
	} catch {
		return []; // not with this separator
	}
}

const split = (text: string, delimiter: Separator, to: number): string[][] =>
	parse(text, { delimiter, to, relax_column_count: true, relax_quotes: true, max_record_size: longestRow });

/** The apostrophe that our export, and others, put before what a spreadsheet would take for a formula. */
const unguarded = (cell: string) => cell.replace(/^'(?=\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/u, '');
