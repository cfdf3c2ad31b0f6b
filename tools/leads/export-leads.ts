import type { JournaledRejection, ListedLead } from '../../shared/journal/journal.ts';
import { payloadText } from '../../shared/journal/payload-text.ts';
import type { Filter } from './filter.ts';
import { type Extent, type Found, findLeads, findRejections } from './find-leads.ts';
import { iso, leadOf, toColumns, toRecord, toRejectionRecord } from './lead-record.ts';
import { issueText } from './leads-table.ts';
import { type ExitCode, exitCodes, type LeadsToolDeps } from './leads-tool-deps.ts';
import { openOutput } from './open-output.ts';
import { byteOrderMark, escapeControls, toCsvRow } from './to-csv.ts';
import { toJsonText } from './to-json-text.ts';

export interface ExportOptions {
	/** Comma-separated values, or one JSON object a line. */
	format: 'csv' | 'jsonl';
	/** Path of a new file; stdout when absent. */
	output?: string | undefined;
	limit?: number | undefined;
}

const pageSize = 200;

/** `leads export`: everything that a filter finds, newest first, page by page. */
export async function exportLeads(filter: Filter, options: ExportOptions, deps: LeadsToolDeps): Promise<ExitCode> {
	const output = await openOutput(options.output, deps.terminal);
	try {
		const written =
			filter.state === 'rejected'
				? await exportAll({ filter, options, find: findRejections, as: rejectionAs, write: output.write }, deps)
				: await exportAll({ filter, options, find: findLeads, as: leadAs(deps.destinations), write: output.write }, deps);
		await output.finish();
		deps.terminal.note(`${written} exported${options.output === undefined ? '' : ` to ${options.output}`}`);
		return written > 0 ? exitCodes.done : exitCodes.failed;
	} catch (error) {
		await output.abandon();
		throw error;
	}
}

/** An item as a row of columns, and as an object. */
interface As<Item> {
	columns: (item: Item) => Record<string, string>;
	record: (item: Item) => object;
}

interface Export<Item> {
	filter: Filter;
	options: ExportOptions;
	find: (filter: Filter, extent: Extent, deps: LeadsToolDeps) => Promise<Found<Item>>;
	as: As<Item>;
	write: (text: string) => Promise<void>;
}

async function exportAll<Item>({ filter, options, find, as, write }: Export<Item>, deps: LeadsToolDeps): Promise<number> {
	const { format, limit = Number.MAX_SAFE_INTEGER } = options;
	const { columns, record } = as;
	let written = 0;
	for (let span: Filter | undefined = filter; span && written < limit; ) {
		const most = Math.min(pageSize, limit - written);
		const { items, next }: Found<Item> = await find(span, { most, mostRead: Number.MAX_SAFE_INTEGER, payloads: true }, deps);
		const [first] = items;
		const head = written === 0 && first && format === 'csv' ? byteOrderMark + toCsvRow(Object.keys(columns(first))) : '';
		const rows = items.map((item) =>
			format === 'csv' ? toCsvRow(Object.values(columns(item)).map(escapeControls)) : `${toJsonText(record(item))}\n`,
		);
		if (rows.length > 0) await write(head + rows.join(''));
		written += rows.length;
		deps.terminal.progress(next === undefined ? '' : `${written} exported`);
		span = next === undefined ? undefined : { ...filter, after: next };
	}
	deps.terminal.progress('');
	return written;
}

const leadAs = (destinations: LeadsToolDeps['destinations']): As<ListedLead> => ({
	columns: (lead) => toColumns(lead, destinations),
	record: (lead) => ({ ...toRecord(lead), lead: leadOf(lead) }),
});

const rejectionAs: As<JournaledRejection> = {
	columns: (rejection) => ({
		id: rejection.id,
		receivedAt: iso(rejection.receivedAt),
		status: String(rejection.status),
		issues: rejection.issues.map(issueText).join('\n'),
		payload: payloadText(rejection),
	}),
	record: (rejection) => ({ ...toRejectionRecord(rejection), payload: payloadText(rejection) }),
};
