import type { JournaledRejection, ListedLead } from '../../shared/journal/entries.ts';
import { toJsonText } from '../../shared/operate/export/to-json-text.ts';
import type { Filter } from '../../shared/operate/filter.ts';
import { findLeads, findRejections } from '../../shared/operate/find-leads.ts';
import { toRecord, toRejectionRecord } from '../../shared/operate/lead-record.ts';
import { explainFailure } from './explain-failure.ts';
import { leadsTable, rejectionsTable } from './leads-table.ts';
import { type ExitCode, exitCodes, finding, type LeadsToolDeps } from './leads-tool-deps.ts';
import { mostRead } from './list-leads.ts';

const pauseMs = 3000;

/**
 * `leads list --watch`: a page, oldest first; then whatever comes or changes in it, a line each, until Ctrl-C. A journal that cannot be reached for a while
 * is asked again.
 */
export async function watchLeads(
	filter: Filter,
	{ limit, json }: { limit: number; json: boolean },
	deps: LeadsToolDeps,
): Promise<ExitCode> {
	const { terminal, where, pause, ended } = deps;
	const extent = { most: limit, mostRead };
	const lines =
		filter.state === 'rejected'
			? async () => rejectionLines((await findRejections(filter, extent, finding(deps))).items, json, terminal.width)
			: async () => leadLines((await findLeads(filter, extent, finding(deps))).items, json, terminal.width);
	let shown: string[] = [];
	for (let isFirst = true; !ended?.aborted; isFirst = false) {
		try {
			const { head, rows } = await lines();
			terminal.progress('');
			const known = new Set(shown);
			const fresh = rows.filter((row) => !known.has(unpadded(row))).reverse();
			if (fresh.length > 0 || (isFirst && head.length > 0)) await terminal.print(`${[...(isFirst ? head : []), ...fresh].join('\n')}\n`);
			// What left the page is forgotten, so that what is watched for days does not grow.
			shown = rows.length > 0 ? rows.map(unpadded) : shown;
		} catch (error) {
			terminal.note(explainFailure(error, where));
		}
		await pause(pauseMs);
	}
	return exitCodes.done;
}

/** How wide a column is depends on what else is on the page. */
const unpadded = (row: string) => row.replace(/ +/g, ' ');

interface Lines {
	head: string[];
	/** Newest first. */
	rows: string[];
}

const leadLines = (leads: ListedLead[], json: boolean, width?: number): Lines =>
	json ? { head: [], rows: leads.map((lead) => toJsonText(toRecord(lead))) } : split(leadsTable(leads, width));

const rejectionLines = (rejections: JournaledRejection[], json: boolean, width?: number): Lines =>
	json
		? { head: [], rows: rejections.map((rejection) => toJsonText(toRejectionRecord(rejection))) }
		: split(rejectionsTable(rejections, width));

function split(table: string): Lines {
	const [head = '', ...rows] = table.trimEnd().split('\n');
	return { head: [head], rows };
}
