import { largestThatFits } from '../../lead/clean-text.ts';
import { escapeControls } from './to-csv.ts';

/** Characters that a cell of a spreadsheet holds at most; Excel calls a file with more of them damaged. */
export const mostInCell = 32_767;

/**
 * Text as a cell of an .xlsx file holds it so that spreadsheet programs show the same text. The format has no place for control characters, half
 * characters and U+FFFD, which some readers drop: they are written out (`\u001b`). It reads `_x0041_` as a letter, so its first underscore is escaped.
 */
export function toCellText(text: string): string {
	const lines = text.replace(/\r\n|[\u2028\u2029]/g, '\n');
	const shown = escapeControls(lines).replace(/[\p{Noncharacter_Code_Point}\uFFFD]/gu, writtenOut);
	return shown.replace(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_');
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
