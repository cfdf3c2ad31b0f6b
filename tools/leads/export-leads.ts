import { leadOf } from '../../shared/accept/read-receipt.ts';
import type { JournaledRejection, ListedLead } from '../../shared/journal/entries.ts';
import { payloadText } from '../../shared/journal/entries.ts';
import { type Exported, type ExportFormat, type ExportWriter, formatOfName, openWriter } from './export-format.ts';
import type { Filter } from './filter.ts';
import { type Extent, type Found, findLeads, findRejections } from './find-leads.ts';
import { toColumns, toRecord, toRejectionRecord } from './lead-record.ts';
import { issueText } from './leads-table.ts';
import { type ExitCode, exitCodes, type LeadsToolDeps } from './leads-tool-deps.ts';
import { openOutput } from './open-output.ts';
import { UsageError } from './usage-error.ts';

export interface ExportOptions {
	/** A spreadsheet, comma-separated values, or one JSON object a line; when absent, what the name of the file says, or CSV. */
	format?: ExportFormat | undefined;
	/** Path of a new file; stdout when absent. */
	output?: string | undefined;
	limit?: number | undefined;
}

const pageSize = 200;

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
		const written =
			filter.state === 'rejected'
				? await exportAll(filter, { limit, find: findRejections, exported: exportedRejection, writer }, deps)
				: await exportAll(filter, { limit, find: findLeads, exported: exportedLead(deps.destinations), writer }, deps);
		const note = written > 0 ? await writer.end() : undefined;
		await (written > 0 ? output.finish() : output.abandon());
		const where = path === undefined ? '' : written > 0 ? ` to ${path}` : ': no file was written';
		deps.terminal.note(`${written} exported${where}`);
		if (note) deps.terminal.note(note);
		return written > 0 ? exitCodes.done : exitCodes.failed;
	} catch (error) {
		await output.abandon();
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

interface Exporting<Item> {
	limit: number | undefined;
	find: (filter: Filter, extent: Extent, deps: LeadsToolDeps) => Promise<Found<Item>>;
	exported: (item: Item) => Exported;
	writer: ExportWriter;
}

async function exportAll<Item>(
	filter: Filter,
	{ limit = Number.MAX_SAFE_INTEGER, find, exported, writer }: Exporting<Item>,
	deps: LeadsToolDeps,
): Promise<number> {
	let written = 0;
	for (let span: Filter | undefined = filter; span && written < limit; ) {
		const most = Math.min(pageSize, limit - written);
		const { items, next }: Found<Item> = await find(span, { most, mostRead: Number.MAX_SAFE_INTEGER, payloads: true }, deps);
		if (items.length > 0) await writer.page(items.map(exported));
		written += items.length;
		deps.terminal.progress(next === undefined ? '' : `${written} exported`);
		span = next === undefined ? undefined : { ...filter, after: next };
	}
	deps.terminal.progress('');
	return written;
}

const exportedLead =
	(destinations: LeadsToolDeps['destinations']) =>
	(lead: ListedLead): Exported => ({ columns: toColumns(lead, destinations), record: { ...toRecord(lead), lead: leadOf(lead) } });

const exportedRejection = (rejection: JournaledRejection): Exported => {
	const payload = payloadText(rejection);
	const columns = {
		id: rejection.id,
		receivedAt: new Date(rejection.receivedAt),
		status: String(rejection.status),
		issues: rejection.issues.map(issueText).join('\n'),
		payload,
	};
	return { columns, record: { ...toRejectionRecord(rejection), payload } };
};
