import { fitIntoCell } from './to-cell-text.ts';

/** A row under the names of its columns. A time is a date; everything else is text, also what looks like a number. */
export type SheetRow = Record<string, string | Date>;

/** The file is made in memory: 50,000 leads take 800 MB. */
export const mostRows = 50_000;
/** The width of a column goes by these rows; characters. */
const rowsMeasured = 200;
const narrowest = 6;
const widest = 48;
/** As wide as a time in its format. */
const timeWidth = 19;

/**
 * Rows as an .xlsx file that people open: every value is text, so that `+44 …`, leading zeros and long numbers stay, and nothing is a formula; times are
 * dates (UTC, as their heads say); the head is frozen.
 *
 * @param whereWhole Completes "cut; the whole text: …" for a row whose text is too long for a cell.
 * @returns The file, and how many cells were cut.
 */
export async function toWorkbook(
	rows: SheetRow[],
	{ name, whereWhole }: { name: string; whereWhole: (row: SheetRow) => string },
): Promise<{ file: Uint8Array; cut: number }> {
	const { default: writeExcelFile } = await import('write-excel-file/node');
	const columns = Object.keys(rows[0] ?? {});
	let cut = 0;
	const cellOf = (row: SheetRow, column: string) => {
		const value = row[column];
		if (value instanceof Date) return { type: Date, value, format: 'yyyy-mm-dd hh:mm:ss', ...top };
		if (!value) return null;
		const { text, isCut } = fitIntoCell(value, `… (cut; the whole text: ${whereWhole(row)})`);
		if (isCut) cut++;
		return { type: String, value: text, ...top };
	};
	const head = columns.map((column) => ({ type: String, value: headOf(column, rows), fontWeight: 'bold' as const, ...top }));
	const widths = columns.map((column) => ({ width: widthOf(column, rows) }));
	const data = [head, ...rows.map((row) => columns.map((column) => cellOf(row, column)))];
	const file = await writeExcelFile(data, { sheet: name, columns: widths, stickyRowsCount: 1 }).toBuffer();
	return { file, cut };
}

const top = { alignVertical: 'top' } as const;

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
