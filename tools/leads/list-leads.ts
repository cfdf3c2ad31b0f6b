import { type Desk, type ExitCode, exitCodes } from './desk.ts';
import type { Filter } from './filter.ts';
import { type Found, findLeads, findRejections } from './find-leads.ts';
import { toRecord, toRejectionRecord } from './lead-record.ts';
import { leadsTable, rejectionsTable } from './leads-table.ts';
import { toJsonText } from './to-json-text.ts';

/** One page looks at no more than this for what it finds: the journal may be long and the filter narrow. */
const mostRead = 20_000;

/** `leads list`: one page, newest first. */
export async function listLeads(filter: Filter, { limit, json }: { limit: number; json: boolean }, desk: Desk): Promise<ExitCode> {
	const extent = { most: limit, mostRead };
	return filter.state === 'rejected'
		? show(await findRejections(filter, extent, desk), { json, table: rejectionsTable, record: toRejectionRecord }, desk)
		: show(await findLeads(filter, extent, desk), { json, table: leadsTable, record: toRecord }, desk);
}

async function show<Item>(
	{ items, next }: Found<Item>,
	{ json, table, record }: { json: boolean; table: (items: Item[]) => string; record: (item: Item) => object },
	{ terminal }: Desk,
): Promise<ExitCode> {
	terminal.progress('');
	if (json) await terminal.print(`${toJsonText({ leads: items.map(record), ...(next && { next }) }, 2)}\n`);
	else if (items.length > 0) await terminal.print(table(items));
	if (!json && next) terminal.note(`There is more: add --after ${next}`);
	if (items.length > 0 || next) return exitCodes.done;
	if (!json) terminal.note('Nothing matches.');
	return exitCodes.failed;
}
