/** A cell as its file has it: a text, or a date of a spreadsheet (its wall clock, as if it were UTC). */
export type Cell = string | Date;

/** What is in a file, before anything of it is understood. */
export interface FileRows {
	/** For people: `CSV, separated by ;, UTF-8`. */
	kind: string;
	rows: Cell[][];
	/** What a person should know of how it was read. */
	notes: string[];
}

/** A file that cannot be read; the message says what to do. */
export class UnreadableFile extends Error {}

/** More is no export of leads: Partner Center gives at most 5,000 rows. */
export const mostRows = 100_000;
export const mostBytes = 64 * 1024 * 1024;

export const textOf = (cell: Cell | undefined): string =>
	cell instanceof Date ? cell.toISOString().slice(0, 19).replace('T', ' ') : (cell ?? '').trim();
