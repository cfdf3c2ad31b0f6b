import { printableLine } from './printable.ts';
import { cutToWidth, textWidth } from './text-width.ts';

export interface Column {
	head: string;
	/** Cells of the terminal at most. */
	most: number;
}

/** Rows of foreign text as a table for a terminal; what is too long for its column is cut. */
export function toTable(columns: Column[], rows: string[][]): string {
	const cells = rows.map((row) => columns.map(({ most }, index) => cutToWidth(printableLine(row[index] ?? ''), most)));
	const lines = [columns.map(({ head }) => head), ...cells];
	const widths = columns.map((_, index) => Math.max(...lines.map((line) => textWidth(line[index] ?? ''))));
	const pad = (text: string, width: number) => text + ' '.repeat(width - textWidth(text));
	return lines
		.map(
			(line) =>
				`${line
					.map((text, index) => pad(text, widths[index] ?? 0))
					.join('  ')
					.trimEnd()}\n`,
		)
		.join('');
}
