import { setImmediate } from 'node:timers/promises';
import { fitIntoCell } from './to-cell-text.ts';

/** A row under the names of its columns. A time is a date; everything else is text, also what looks like a number. */
export type SheetRow = Record<string, string | Date>;

/** The file is made in memory, and so are its rows: 50,000 leads of usual length take 300 MB. */
export const mostRows = 50_000;
/** The width of a column goes by these rows; characters. */
const rowsMeasured = 200;
const narrowest = 6;
const widest = 48;
/** As wide as a time in its format. */
const timeWidth = 19;
/** After so much of the sheet, whoever else works in this process has a turn; characters. */
const sliceLength = 64 * 1024;
/** What the writer makes of a sheet with a head and one row: all that is before the row, the styles of its text and its time, and what is behind it. */
const skeleton =
	/^(?<before>.*)<row r="2"><c r="A2" s="(?<text>\d+)" t="s"><v>\d+<\/v><\/c><c r="B2" s="(?<time>\d+)"><v>[\d.]+<\/v><\/c><\/row>(?<behind>.*)$/s;
const sheetPath = 'xl/worksheets/sheet1.xml';

/**
 * Rows as an .xlsx file that people open: every value is text, so that `+44 …`, leading zeros and long numbers stay, and nothing is a formula; times are
 * dates (UTC, as their heads say); the head is frozen.
 *
 * `write-excel-file` makes a sheet in one go, in which nothing else in the process has a turn. So it makes the file with its styles and its head alone; the
 * rows are put into it here, slice by slice.
 *
 * @param whereWhole Completes "cut; the whole text: …" for a row whose text is too long for a cell.
 * @returns The file, and how many cells were cut.
 */
export async function toWorkbook(
	rows: SheetRow[],
	{ name, whereWhole }: { name: string; whereWhole: (row: SheetRow) => string },
): Promise<{ file: Uint8Array; cut: number }> {
	const [{ default: writeExcelFile }, { strFromU8, strToU8, unzipSync, Zip, ZipDeflate }] = await Promise.all([
		import('write-excel-file/node'),
		import('fflate'),
	]);
	const columns = Object.keys(rows[0] ?? {});
	const head = columns.map((column) => ({ type: String, value: headOf(column, rows), fontWeight: 'bold' as const, ...top }));
	const sample = [
		{ type: String, value: '.', ...top },
		{ type: Date, value: new Date(0), format: 'yyyy-mm-dd hh:mm:ss', ...top },
	];
	const widths = columns.map((column) => ({ width: widthOf(column, rows) }));
	const empty = unzipSync(await writeExcelFile([head, sample], { sheet: name, columns: widths, stickyRowsCount: 1 }).toBuffer());
	const { [sheetPath]: emptySheet, ...otherFiles } = empty;
	const { before, text, time, behind } = skeleton.exec(strFromU8(emptySheet ?? new Uint8Array()))?.groups ?? {};
	if (before === undefined || behind === undefined) throw new Error('The writer of spreadsheets writes otherwise than it did.');

	const parts: Uint8Array[] = [];
	const zip = new Zip((error, part) => {
		if (error) throw error;
		parts.push(part);
	});
	const add = (path: string) => {
		const file = new ZipDeflate(path);
		zip.add(file);
		return file;
	};
	for (const [path, content] of Object.entries(otherFiles)) add(path).push(content, true);
	const sheet = add(sheetPath);
	sheet.push(strToU8(before));
	await setImmediate();

	const letters = columns.map((_, index) => lettersOf(index));
	let cut = 0;
	const cellOf = (row: SheetRow, column: string, place: string) => {
		const value = row[column];
		if (value instanceof Date) return `<c r="${place}" s="${time}"><v>${value.getTime() / dayMs + daysBefore1970}</v></c>`;
		if (!value) return '';
		const fitted = fitIntoCell(value, `… (cut; the whole text: ${whereWhole(row)})`);
		if (fitted.isCut) cut++;
		return `<c r="${place}" s="${text}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(fitted.text)}</t></is></c>`;
	};
	let slice = '';
	for (const [index, row] of rows.entries()) {
		const number = index + 2;
		slice += `<row r="${number}">${columns.map((column, at) => cellOf(row, column, `${letters[at]}${number}`)).join('')}</row>`;
		if (slice.length < sliceLength) continue;
		sheet.push(strToU8(slice));
		slice = '';
		await setImmediate();
	}
	sheet.push(strToU8(slice + behind), true);
	zip.end();
	return { file: Buffer.concat(parts), cut };
}

const top = { alignVertical: 'top' } as const;
const dayMs = 86_400_000;
/** Days are counted from 30 December 1899. */
const daysBefore1970 = 25_569;

/** `A` to `Z`, then `AA`. */
const lettersOf = (index: number): string =>
	(index < 26 ? '' : lettersOf(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26));

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** `receivedAt` as people read it: `Received at (UTC)`. */
function headOf(column: string, rows: SheetRow[]): string {
	const words = column.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
	const isTime = rows.some((row) => row[column] instanceof Date);
	return `${words.charAt(0).toUpperCase()}${words.slice(1)}${isTime ? ' (UTC)' : ''}`;
}

function widthOf(column: string, rows: SheetRow[]): number {
	const lengths = rows.slice(0, rowsMeasured).map((row) => {
		const value = row[column] ?? '';
		return value instanceof Date ? timeWidth : Math.max(...value.split('\n').map(({ length }) => length));
	});
	return Math.min(widest, Math.max(narrowest, headOf(column, rows.slice(0, rowsMeasured)).length, ...lengths) + 2);
}
