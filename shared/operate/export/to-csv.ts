/**
 * Where a spreadsheet would begin a cell with a formula: at the start of a value, and after all that may be taken for a separator, because a person (or the
 * locale) may choose another than the comma and then the quotes around the value no longer hold. Blanks, quotes and invisible characters before the sign do not
 * matter; the sign may be full-width or small. Telephone numbers with a plus get the apostrophe too.
 */
const formulaStart =
	/(?<=^|[,;|\t\r\n\v\f\u0085\u2028\u2029])(?=(?:(?![\t\r\n\v\f\u0085\u2028\u2029])[\s"\p{Cc}\p{Cf}])*[=+\-@＝＋－＠﹦﹢﹣﹫−])/gu;

const cell = (value: string) => `"${value.replace(formulaStart, "'").replaceAll('"', '""')}"`;

/** The mark by which spreadsheets know UTF-8: the first character of a file. */
export const byteOrderMark = '\uFEFF';

/** One row (RFC 4180) with everything in quotes: a line break inside a value cannot begin a row, nor a blank be lost. */
export const toCsvRow = (values: string[]): string => `${values.map(cell).join(',')}\r\n`;

/** All that could act on a terminal: controls but tabs and line ends, a return that would write over its line, what reverses text, and half characters. */
const acting = /(?![\t\n\r])\p{Cc}|\r(?!\n)|[\p{Bidi_Control}\p{Cs}]/gu;

/** Foreign text with those characters written out, as JSON writes them (`\u001b`): nothing is lost, and nothing acts. */
export const escapeControls = (text: string): string =>
	text.replace(acting, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
