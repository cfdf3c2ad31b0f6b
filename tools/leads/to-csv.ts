/** What a spreadsheet would take for a formula; also in its full-width forms. Telephone numbers with a plus get the apostrophe too. */
const formula = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u;

const cell = (value: string) => `"${(formula.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;

/** The mark by which spreadsheets know UTF-8: the first character of a file. */
export const byteOrderMark = '\uFEFF';

/** One row (RFC 4180) with everything in quotes: a line break inside a value cannot begin a row, nor a blank be lost. */
export const toCsvRow = (values: string[]): string => `${values.map(cell).join(',')}\r\n`;
