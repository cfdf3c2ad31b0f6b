import { type ExportFormat, formatOfName, openWriter, TooManyRows } from '../../shared/operate/export/export-format.ts';
import { exportFound } from '../../shared/operate/export/export-found.ts';
import type { Filter } from '../../shared/operate/filter.ts';
import { type ExitCode, exitCodes, finding, type LeadsToolDeps } from './leads-tool-deps.ts';
import { openOutput } from './open-output.ts';
import { UsageError } from './usage-error.ts';

export interface ExportOptions {
	/** A spreadsheet, comma-separated values, or one JSON object a line; when absent, what the name of the file says, or CSV. */
	format?: ExportFormat | undefined;
	/** Path of a new file; stdout when absent. */
	output?: string | undefined;
	limit?: number | undefined;
}

/** `leads export`: everything that a filter finds, newest first, page by page. */
export async function exportLeads(
	filter: Filter,
	{ output: path, limit, ...options }: ExportOptions,
	deps: LeadsToolDeps,
): Promise<ExitCode> {
	const format = formatFor(path, options.format);
	const output = await openOutput(path, deps.terminal);
	try {
		const writer = openWriter[format](output.write);
		const onWritten = (written: number) => deps.terminal.progress(`${written} exported`);
		const written = await exportFound(filter, { limit, writer, onWritten }, finding(deps));
		deps.terminal.progress('');
		const note = written > 0 ? await writer.end() : undefined;
		await (written > 0 ? output.finish() : output.abandon());
		const where = path === undefined ? '' : written > 0 ? ` to ${path}` : ': no file was written';
		deps.terminal.note(`${written} exported${where}`);
		if (note) deps.terminal.note(note);
		return written > 0 ? exitCodes.done : exitCodes.failed;
	} catch (error) {
		await output.abandon();
		if (error instanceof TooManyRows)
			throw new UsageError(`${error.message}: ask for less with --since, --until or --limit, or export a .csv.`);
		throw error;
	}
}

function formatFor(path: string | undefined, said: ExportFormat | undefined): ExportFormat {
	const named = path === undefined ? undefined : formatOfName(path);
	const format = said ?? named ?? 'csv';
	if (format === 'xlsx' && path === undefined)
		throw new UsageError('A spreadsheet goes into a file: name a new one with --output leads.xlsx.');
	if ((format === 'xlsx') !== (named === 'xlsx') && named !== undefined)
		throw new UsageError(
			`--output ${path} is not a name for --format ${format}: spreadsheet programs go by it. Let it end with .${format}.`,
		);
	return format;
}
