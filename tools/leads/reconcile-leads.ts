import { leadOf } from '../../shared/accept/read-receipt.ts';
import { spillQueue } from '../../shared/accept/spill.ts';
import { storageTimeoutMs } from '../../shared/basics/create-deadlines.ts';
import { payloadText } from '../../shared/journal/entries.ts';
import { toJsonText } from '../../shared/operate/export/to-json-text.ts';
import { findLeads, findRejections } from '../../shared/operate/find-leads.ts';
import { iso } from '../../shared/operate/lead-record.ts';
import { timeText } from '../../shared/operate/time-words.ts';
import { countMessages } from '../../shared/storage/messages.ts';
import type { Field } from '../reconcile/column-names.ts';
import { type Comparison, compare, type Doubt, type JournalFacts, type JournalLead } from '../reconcile/compare.ts';
import { type FileLead, readFileLeads, type UnreadableRow } from '../reconcile/file-leads.ts';
import { UnreadableFile } from '../reconcile/file-rows.ts';
import { describeColumns, findColumns } from '../reconcile/find-columns.ts';
import { readRows } from '../reconcile/read-file.ts';
import type { DateOrder } from '../reconcile/read-times.ts';
import type { Consent } from './agree.ts';
import { importLeads } from './import-leads.ts';
import { count } from './leads-table.ts';
import { type ExitCode, exitCodes, type LeadsToolDeps } from './leads-tool-deps.ts';
import { printableLine } from './printable.ts';
import { onlyHereTable, onlyThereTable } from './reconcile-tables.ts';
import { UsageError } from './usage-error.ts';

export interface ReconcileOptions {
	files: string[];
	columns: Partial<Record<Field, string>>;
	dates?: DateOrder | undefined;
	timeZone: string;
	withinMs: number;
	/** Only what came then; milliseconds since the epoch. */
	since: number;
	until: number;
	import: boolean;
	journalOnly: boolean;
	/** Also what may not be lost at all. */
	alsoDoubtful: boolean;
}

interface FromFiles {
	leads: FileLead[];
	unreadable: UnreadableRow[];
	hasDays: boolean;
}

const dayMs = 86_400_000;

/** `leads reconcile`: what a file of the marketplace's leads has and the journal has not, and the other way round. */
export async function reconcileLeads(options: ReconcileOptions, consent: Consent, deps: LeadsToolDeps): Promise<ExitCode> {
	const { terminal } = deps;
	const read = await readFiles(options, deps);
	const leads = read.leads.filter(({ receivedAt }) => receivedAt >= options.since && receivedAt <= options.until);
	if (leads.length === 0) {
		terminal.note('No row of the file is a lead of that time.');
		await tellUnreadable(read.unreadable, consent, deps);
		return exitCodes.failed;
	}
	const times = leads.map(({ receivedAt }) => receivedAt);
	// A row that tells its day alone is taken for noon.
	const slackMs = read.hasDays ? dayMs / 2 : 0;
	const [first, last] = [least(times) - slackMs, most(times) + slackMs];
	const range = { since: Math.max(first, options.since), until: Math.min(last, options.until), withinMs: options.withinMs + slackMs };
	const { here, facts } = await readJournal({ since: first - range.withinMs, until: last + range.withinMs }, deps);
	const comparison = compare(leads, here, facts, range);
	const spilled = await countSpilled(deps);
	if (!consent.json) {
		await tell(comparison, read.unreadable, deps);
		terminal.note(
			`Compared ${count(leads.length, 'lead')} of the file, ${timeText(first)} to ${timeText(last)} UTC, with ${count(here.length, 'lead')} of ${deps.where}.`,
		);
	}
	if (spilled > 0)
		terminal.note(
			`${count(spilled, 'accepted lead')} still wait in the spill and are not in the journal yet: compare again when the sweep has drained it.`,
		);
	const wanted = comparison.onlyThere.filter(({ doubt }) => isImported(doubt, options));
	if (!options.import) {
		if (consent.json) await terminal.print(`${toJsonText(toReport(comparison, read.unreadable), 2)}\n`);
		else if (comparison.onlyThere.length > 0) tellWhatNext(comparison, wanted.length, deps);
		return comparison.onlyThere.length + read.unreadable.length > 0 ? exitCodes.failed : exitCodes.done;
	}
	if (spilled > 0) {
		terminal.note('Nothing was imported: what waits in the spill would come twice.');
		return exitCodes.failed;
	}
	const done = await importLeads(
		wanted.map(({ there }) => there),
		{ journalOnly: options.journalOnly, left: comparison.onlyThere.length - wanted.length },
		consent,
		deps,
	);
	if (consent.json) await terminal.print(`${toJsonText({ ...toReport(comparison, read.unreadable), ...done.report }, 2)}\n`);
	return done.exitCode;
}

/** What may not be lost is imported only when a person says so; test leads never are: no one waits for them. */
const isImported = (doubt: Doubt | undefined, { alsoDoubtful }: ReconcileOptions) =>
	doubt === undefined || (alsoDoubtful && doubt !== 'test lead' && doubt !== 'rejected here');

async function readFiles(options: ReconcileOptions, deps: LeadsToolDeps): Promise<FromFiles> {
	const all: FromFiles = { leads: [], unreadable: [], hasDays: false };
	const seen = new Set<string>();
	for (const file of options.files) {
		const { leads, unreadable, hasDays } = await readOne(file, options, deps);
		const news = leads.filter(({ leadId }) => !seen.has(leadId));
		for (const { leadId } of leads) seen.add(leadId);
		// In one file too, two rows of one lead and one time are one lead too.
		const once = new Set<string>();
		const single = news.filter(({ leadId }) => !once.has(leadId) && once.add(leadId));
		if (single.length < leads.length)
			deps.terminal.note(`${printableLine(file)}: ${count(leads.length - single.length, 'row')} repeat others and count once.`);
		all.leads.push(...single);
		all.unreadable.push(...unreadable);
		all.hasDays ||= hasDays;
	}
	return all;
}

async function readOne(file: string, { columns: said, dates, timeZone }: ReconcileOptions, { terminal, clock }: LeadsToolDeps) {
	try {
		const { kind, rows, notes } = await readRows(file);
		const found = findColumns(rows, said);
		if (!found.ok) throw new UsageError(describe(file, kind, found.problem, describeColumns(rows)));
		const { columns } = found;
		const leads = readFileLeads(file, rows, columns, { order: dates, timeZone, now: clock() });
		if (!leads)
			throw new UsageError(
				`${printableLine(file)}: its dates may have the day or the month first, and nothing in them shows which. Say --dates dmy (31/12/2026) or --dates mdy (12/31/2026).`,
			);
		const taken = Object.entries(columns.of).map(([field, index]) => `${field} from ${JSON.stringify(columns.names[index])}`);
		terminal.note(printableLine(`${file}: ${kind}; ${taken.join(', ')}.`));
		const others = columns.others.map((index) => JSON.stringify(columns.names[index]));
		if (others.length > 0)
			terminal.note(
				printableLine(
					`Not used to compare, kept with what is imported: ${others.slice(0, 20).join(', ')}${others.length > 20 ? ', …' : ''}.`,
				),
			);
		for (const note of [...notes, ...columns.notes]) terminal.note(printableLine(note));
		return leads;
	} catch (error) {
		if (error instanceof UnreadableFile) throw new UsageError(printableLine(error.message));
		throw error;
	}
}

function describe(file: string, kind: string, problem: string, columns: string[]): string {
	return [
		`${printableLine(file)} (${kind}): ${printableLine(problem)} Its columns:`,
		...columns.map((line) => `  ${printableLine(line)}`),
		'Say which is which, by name or number, such as: --columns time="Created" --columns email=3',
		'Fields: time, email, phone, firstName, lastName, name, company, country, title, offer, offerId, source, action, description, contact.',
	].join('\n');
}

/** The leads of a time, and what else tells why one is missing. */
async function readJournal(
	span: { since: number; until: number },
	deps: LeadsToolDeps,
): Promise<{ here: JournalLead[]; facts: JournalFacts }> {
	const all = { most: Number.MAX_SAFE_INTEGER, mostRead: Number.MAX_SAFE_INTEGER, payloads: true };
	const bounds = { since: Math.max(0, span.since), until: span.until };
	// While a long file was read, the service may have closed the connection: a first question may fail.
	await (await deps.journal()).latest(deps.deadline(storageTimeoutMs.list)).catch(() => undefined);
	const found = await findLeads(bounds, all, deps);
	const here = found.items.flatMap((listed): JournalLead[] => {
		const lead = leadOf(listed);
		const { leadId, receivedAt, receipts, importedAt } = listed;
		return lead ? [{ leadId, receivedAt, receipts, lead, ...(importedAt !== undefined && { importedAt }) }] : [];
	});
	const rejections = await findRejections(bounds, { ...all, closed: false }, deps);
	deps.terminal.progress('');
	const rejected = rejections.items.map((rejection) => ({
		id: rejection.id,
		receivedAt: rejection.receivedAt,
		text: payloadText(rejection).toLowerCase(),
	}));
	return { here, facts: { rejected, ...(await readHistory(bounds, here, deps)) } };
}

/** Since when there is this journal, as far as that matters, and of which days it has erased leads: their anonymous counts stay. */
async function readHistory(
	{ since }: { since: number },
	here: JournalLead[],
	{ journal, deadline }: LeadsToolDeps,
): Promise<Pick<JournalFacts, 'since' | 'erasedOn'>> {
	const table = await journal();
	const counted = await table.counts({ first: '2000-01-01', last: '9999-12-31' }, deadline(storageTimeoutMs.list));
	const erased = counted.filter(({ counts }) => (counts.received ?? 0) > 0).map(({ day }) => day);
	const before = await table.ids('leads', { since: 0, until: Math.max(0, since - 1) }, 1, deadline(storageTimeoutMs.list));
	// What was imported says nothing of when the journal began.
	const posted = here.filter(({ importedAt }) => importedAt === undefined).map(({ receivedAt }) => receivedAt);
	const starts = [...(before.items.length > 0 || before.next !== undefined ? [0] : posted), ...erased.map((day) => Date.parse(day))];
	return { erasedOn: new Set(erased), ...(starts.length > 0 && { since: least(starts) }) };
}

/** Unknown is none: an operator may not read the queue. */
async function countSpilled({ queue, deadline, terminal }: LeadsToolDeps): Promise<number> {
	try {
		return await countMessages(await queue(spillQueue), deadline(storageTimeoutMs.list));
	} catch {
		terminal.note('The queue spill could not be looked at: an accepted lead that waits there looks like one that is only in the file.');
		return 0;
	}
}

const mostShown = 20;

async function tell({ inBoth, onlyThere, onlyHere }: Comparison, unreadable: UnreadableRow[], deps: LeadsToolDeps): Promise<void> {
	const { terminal } = deps;
	const by = new Map<string, number>();
	for (const match of inBoth) by.set(match.by, (by.get(match.by) ?? 0) + 1);
	await terminal.print(`In both: ${inBoth.length}\n${[...by].map(([how, number]) => `  ${number} by ${how}\n`).join('')}`);
	await terminal.print(`Only in the file: ${onlyThere.length}\n`);
	if (onlyThere.length > 0) await terminal.print(onlyThereTable(onlyThere.slice(0, mostShown)));
	await terminal.print(`Only in the journal: ${onlyHere.length}\n`);
	if (onlyHere.length > 0) await terminal.print(onlyHereTable(onlyHere.slice(0, mostShown)));
	await tellUnreadable(unreadable, { json: false }, deps);
	if (Math.max(onlyThere.length, onlyHere.length) > mostShown)
		terminal.note(`Of each, the first ${mostShown} are shown: --json gives all.`);
}

async function tellUnreadable(unreadable: UnreadableRow[], { json }: { json: boolean }, { terminal }: LeadsToolDeps): Promise<void> {
	if (json || unreadable.length === 0) return;
	await terminal.print(`Cannot be read: ${count(unreadable.length, 'row')}\n`);
	for (const { file, row, why } of unreadable.slice(0, mostShown)) await terminal.print(`  ${printableLine(file)}, row ${row}: ${why}\n`);
}

function tellWhatNext({ onlyThere }: Comparison, wanted: number, { terminal }: LeadsToolDeps): void {
	if (wanted > 0) terminal.note(`${count(wanted, 'lead')} can be imported: add --import (with --dry-run first).`);
	const doubtful = onlyThere.filter(({ doubt }) => doubt !== undefined && doubt !== 'test lead' && doubt !== 'rejected here').length;
	if (doubtful > 0) terminal.note(`${count(doubtful, 'lead')} may not be lost (see why); --also-doubtful imports these too.`);
}

const toReport = ({ inBoth, onlyThere, onlyHere }: Comparison, unreadable: UnreadableRow[]) => ({
	inBoth: inBoth.map(({ there: { file, row, receivedAt }, here: { leadId }, by }) => ({
		file,
		row,
		receivedAt: iso(receivedAt),
		leadId,
		by,
	})),
	onlyThere: onlyThere.map(({ there: { file, row, receivedAt, lead, leadId }, why, doubt }) => ({
		...{ file, row, receivedAt: iso(receivedAt), wouldBe: leadId, lead, why },
		...(doubt && { doubt }),
	})),
	onlyHere: onlyHere.map(({ here: { leadId, receivedAt, lead }, why }) => ({ leadId, receivedAt: iso(receivedAt), lead, why })),
	unreadable,
});

const least = (numbers: number[]) => numbers.reduce((one, other) => Math.min(one, other));
const most = (numbers: number[]) => numbers.reduce((one, other) => Math.max(one, other));
