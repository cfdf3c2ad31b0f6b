import { type CountRow, countLeads, type Dimension, type LeadCounts } from '../../shared/operate/count-leads.ts';
import { toJsonText } from '../../shared/operate/export/to-json-text.ts';
import { type Filter, matcher } from '../../shared/operate/filter.ts';
import { facets, inWords } from '../../shared/operate/lead-facets.ts';
import { count } from './leads-table.ts';
import { type ExitCode, exitCodes, type LeadsToolDeps } from './leads-tool-deps.ts';
import { toTable } from './to-table.ts';

export interface StatsOptions {
	by: Dimension;
	/** So many values at most. */
	top: number;
	json: boolean;
}

/** `leads stats`: how many leads there were, by one thing. */
export async function showStats(filter: Filter, { by, top, json }: StatsOptions, deps: LeadsToolDeps): Promise<ExitCode> {
	const { since, until, ...narrower } = filter;
	const where = Object.keys(narrower).length > 0 ? matcher(filter) : undefined;
	const onProgress = (read: number) => deps.terminal.progress(`${read} leads read`);
	const counts = await countLeads({ by, since, until, where, most: top }, { ...deps, onProgress });
	deps.terminal.progress('');
	if (json) {
		const rows = counts.rows.map((row) => ({ ...row, label: labelOf(row, by) }));
		await deps.terminal.print(`${toJsonText({ ...counts, rows }, 2)}\n`);
	} else {
		if (counts.rows.length > 0) await deps.terminal.print(statsTable(counts, deps.terminal.width));
		deps.terminal.note(summary(counts));
	}
	return counts.leads > 0 ? exitCodes.done : exitCodes.failed;
}

const states = ['delivered', 'pending', 'parked', 'closed', 'unreadable'] as const;
/** Of a bar; a wide terminal has more room than bars need. */
const mostCells = 40;
const leastCells = 8;
const longestLabel = 40;

/** Counts as a table with a bar for each row, for a terminal of so many cells. */
export function statsTable({ by, rows, others, leads }: LeadCounts, width = 100): string {
	const shown = states.filter((state) => rows.some((row) => row.states?.[state]));
	const all = [...rows, ...(others ? [{ leads: others.leads, value: '' }] : [])];
	const labels = [...rows.map((row) => labelOf(row, by)), ...(others ? [`others (${others.values} values)`] : [])];
	const columns = [
		['LEADS', ...all.map((row) => String(row.leads))],
		['SHARE', ...all.map((row) => `${leads > 0 ? Math.round((row.leads / leads) * 100) : 0} %`)],
		...shown.map((state) => [state.toUpperCase(), ...all.map((row: CountRow) => String(row.states?.[state] ?? 0))]),
	];
	const taken = columns.flat().reduce((sum, text) => Math.max(sum, text.length), 0) * columns.length;
	const longest = Math.max(...all.map((row) => row.leads), 1);
	const cells = Math.max(leastCells, Math.min(mostCells, width - taken - longestLabel));
	const bars = rows.map((row) => bar((row.leads / longest) * cells));
	return toTable(
		[
			{ head: by.toUpperCase(), most: longestLabel, least: 12 },
			...columns.map(([head = '']) => ({ head, most: 20, align: 'right' as const })),
			{ head: '', most: cells },
		],
		all.map((_, index) => [labels[index] ?? '', ...columns.map((column) => column[index + 1] ?? ''), bars[index] ?? '']),
		width,
	);
}

function labelOf({ value }: CountRow, by: Dimension): string {
	if (value === '') return by === 'destination' ? '(journal only, or undecided)' : '(not said)';
	const facet = facets.find((name) => name === by);
	return facet ? inWords(facet, value) : value;
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of so many cells, to an eighth; whatever is more than nothing can be seen. */
function bar(cells: number): string {
	const parts = cells > 0 ? Math.max(1, Math.round(cells * 8)) : 0;
	return '█'.repeat(Math.floor(parts / 8)) + (eighths[parts % 8] ?? '');
}

function summary({ by, leads, erased, tests, uncounted }: LeadCounts): string {
	if (leads + tests + uncounted === 0) return 'There are no leads in this time.';
	return [
		`${count(leads, 'lead')}${erased > 0 ? `, ${erased} of them erased since and known by the daily counts` : ''}.`,
		...(tests > 0 ? [`${count(tests, 'test')} not counted.`] : []),
		...(uncounted > 0
			? [`${count(uncounted, 'erased lead')} not counted: nothing is left that says the ${by}, or what else was asked for.`]
			: []),
	].join(' ');
}
