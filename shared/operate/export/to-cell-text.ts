import { largestThatFits } from '../../lead/clean-text.ts';
import { escapeControls } from './to-csv.ts';

/** Characters that a cell of a spreadsheet holds at most; Excel calls a file with more of them damaged. */
export const mostInCell = 32_767;

/**
 * Text as `write-excel-file` 4.1.1 puts it into a cell so that spreadsheet programs show the same text. An .xlsx file has no place for control characters
 * and half characters, and the writer drops U+FFFD: they are written out (`\u001b`). The format reads `_x0041_` as a letter, so its first underscore is
 * escaped. The writer takes text that is the name of a member of every object (`constructor`) for one that it has written already, and damages the
 * file: a U+FFFD behind it tells it apart until it is dropped.
 */
export function toCellText(text: string): string {
	const lines = text.replace(/\r\n|[\u2028\u2029]/g, '\n');
	const shown = escapeControls(lines).replace(/[\p{Noncharacter_Code_Point}\uFFFD]/gu, writtenOut);
	const escaped = shown.replace(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_');
	return escaped in Object.prototype ? `${escaped}\uFFFD` : escaped;
}

/** The same, of a text that is cut where the cell is full; `note` stands at the end of what was cut. */
export function fitIntoCell(text: string, note: string): { text: string; isCut: boolean } {
	const whole = toCellText(text);
	if (whole.length <= mostInCell) return { text: whole, isCut: false };
	const cutAt = (length: number) => toCellText(text.slice(0, length).replace(/[\uD800-\uDBFF\r]$/, '')) + note;
	return { text: cutAt(largestThatFits(0, mostInCell, (length) => cutAt(length).length <= mostInCell)), isCut: true };
}

const writtenOut = (character: string) =>
	character
		.split('')
		.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
		.join('');
