import { storageTimeoutMs } from '../../shared/basics/create-deadlines.ts';
import { mostRejectedPerDay } from '../../shared/journal/entries.ts';
import { countNotKept } from '../../shared/journal/journal.ts';
import { toJsonText } from '../../shared/operate/export/to-json-text.ts';
import type { Filter } from '../../shared/operate/filter.ts';
import { type Found, findLeads, findRejections } from '../../shared/operate/find-leads.ts';
import { toRecord, toRejectionRecord } from '../../shared/operate/lead-record.ts';
import { leadsTable, rejectionsTable } from './leads-table.ts';
import { type ExitCode, exitCodes, finding, type LeadsToolDeps } from './leads-tool-deps.ts';

/** One page looks at no more than this for what it finds: the journal may be long and the filter narrow. */
export const mostRead = 20_000;

/** `leads list`: one page, newest first. */
export async function listLeads(filter: Filter, { limit, json }: { limit: number; json: boolean }, deps: LeadsToolDeps): Promise<ExitCode> {
	const extent = { most: limit, mostRead };
	if (filter.state !== 'rejected')
		return show(await findLeads(filter, extent, finding(deps)), { json, table: leadsTable, record: toRecord }, deps);
	const notKept = await countNotKeptOf(filter, deps);
	const shown = { json, table: rejectionsTable, record: toRejectionRecord, ...(notKept > 0 && { more: { notKept } }) };
	const code = await show(await findRejections(filter, extent, finding(deps)), shown, deps);
	if (!json && notKept > 0)
		deps.terminal.note(`${notKept} more were counted, but not stored: only the first ${mostRejectedPerDay} of a day are stored.`);
	return code;
}

/** In the time that is asked for, or since the oldest that no one has closed yet. */
async function countNotKeptOf({ since, until }: Filter, { journal, deadline }: LeadsToolDeps): Promise<number> {
	const table = await journal();
	const [oldest] = await table.tickets('rejected', { until: Number.MAX_SAFE_INTEGER, most: 1 }, deadline(storageTimeoutMs.list));
	if (since === 0 && !oldest) return 0;
	return countNotKept(table, { since: since || (oldest?.receivedAt ?? 0), until }, deadline(storageTimeoutMs.list));
}

async function show<Item>(
	{ items, next }: Found<Item>,
	{
		json,
		table,
		record,
		more = {},
	}: { json: boolean; table: (items: Item[], width?: number) => string; record: (item: Item) => object; more?: object },
	{ terminal }: LeadsToolDeps,
): Promise<ExitCode> {
	terminal.progress('');
	if (json) await terminal.print(`${toJsonText({ leads: items.map(record), ...(next && { next }), ...more }, 2)}\n`);
	else if (items.length > 0) await terminal.print(table(items, terminal.width));
	if (!json && next) terminal.note(`There is more: add --after ${next}`);
	if (items.length > 0 || next) return exitCodes.done;
	if (!json) terminal.note('Nothing matches.');
	return exitCodes.failed;
}
