import { printableLine } from './printable.ts';
import { cutToWidth, textWidth } from './text-width.ts';

export interface Column {
	head: string;
	/** Cells of the terminal at most. */
	most: number;
	/** Where the terminal is narrow, it may shrink to so many; absent: it never does. */
	least?: number;
	/** Of numbers. */
	align?: 'right';
}

const gap = 2;

/** Rows of foreign text as a table for a terminal of `width` cells, if it says how many it has; what is too long for its column is cut. */
export function toTable(given: Column[], rows: string[][], width?: number): string {
	const columns = width === undefined ? given : shrink(given, rows, width);
	const cells = rows.map((row) => columns.map(({ most }, index) => cutToWidth(printableLine(row[index] ?? ''), most)));
	const lines = [columns.map(({ head, most }) => cutToWidth(head, most)), ...cells];
	const widths = columns.map((_, index) => Math.max(...lines.map((line) => textWidth(line[index] ?? ''))));
	const pad = (text: string, index: number) => {
		const blanks = ' '.repeat((widths[index] ?? 0) - textWidth(text));
		return columns[index]?.align === 'right' ? blanks + text : text + blanks;
	};
	return lines.map((line) => `${line.map(pad).join(' '.repeat(gap)).trimEnd()}\n`).join('');
}

/** Takes cells from the widest column that may shrink, one after the other, until a line fits. */
function shrink(columns: Column[], rows: string[][], width: number): Column[] {
	const needed = columns.map(({ head, most }, index) =>
		Math.max(textWidth(head), ...rows.map((row) => Math.min(most, textWidth(printableLine(row[index] ?? ''))))),
	);
	const total = () => needed.reduce((sum, cells) => sum + cells, gap * (columns.length - 1));
	while (total() > width) {
		const room = needed.map((cells, index) => (cells > (columns[index]?.least ?? Number.POSITIVE_INFINITY) ? cells : 0));
		const widest = room.indexOf(Math.max(...room));
		if (room[widest] === 0) break;
		needed[widest] = (needed[widest] ?? 0) - 1;
	}
	return columns.map((column, index) => ({ ...column, most: needed[index] ?? column.most }));
}
