import { type Command, InvalidArgumentError, Option } from 'commander';
import { durationMs } from '../../shared/basics/time.ts';
import type { DestinationName } from '../../shared/delivery/destination.ts';
import { exportFormats } from '../../shared/operate/export/export-format.ts';
import { type Filter, type State, states } from '../../shared/operate/filter.ts';
import { type LeadName, readLeadName } from '../../shared/operate/find-lead.ts';
import { type Facet, facets } from '../../shared/operate/lead-facets.ts';
import { readTime } from '../../shared/operate/read-time.ts';
import type { Which } from '../../shared/operate/step-deliveries.ts';
import { type Field, fields } from '../reconcile/column-names.ts';
import type { DateOrder } from '../reconcile/read-times.ts';
import type { Target } from './act-on.ts';
import type { Consent } from './agree.ts';
import type { ReconcileOptions } from './reconcile-leads.ts';
import { UsageError } from './usage-error.ts';

export type FacetOptions = Partial<Record<Facet, string>>;

export interface FilterOptions extends FacetOptions {
	state?: State;
	destination?: DestinationName;
	since?: string;
	until?: string;
	search?: string;
	after?: string;
	limit?: number;
	json?: boolean;
}

export interface ConsentOptions {
	dryRun?: boolean;
	yes?: boolean;
	json?: boolean;
}

export function addPlaceOptions(command: Command): Command {
	return command
		.addOption(new Option('--account <name>', 'the storage account in Azure, as the signed-in user').argParser(accountName))
		.option('--connection-string <->', 'read the connection string of the storage from standard input; or put it into AzureWebJobsStorage')
		.option('--data <folder>', 'where npm start keeps its data (default: .data, or where the latest start does)')
		.option('--ready-file <file>', 'where npm start wrote its addresses');
}

/** What can be erased by a filter: rejected payloads, and nothing that was promised to be delivered. */
export function addEraseOptions(command: Command): Command {
	return command
		.addOption(new Option('--state <state>', 'rejected payloads, closed or not').choices(['rejected']))
		.option('--since <time>', 'rejected payloads received since: 2026-11-23, 2026-11-23T14:00Z, or a duration back from now: P1D, PT2H')
		.option('--until <time>', 'rejected payloads received until; a date includes its day')
		.addOption(limitOption('maximum number of rejected payloads, the newest'));
}

const searched =
	'reference, id, phone number, or words of the name, company, e-mail address, offer, country or campaign; needs --since, but for a reference or id';

export function addFilterOptions(command: Command, limit?: Option): Command {
	const filtered = command
		.addOption(new Option('--state <state>', 'leads or payloads in this state').choices(states))
		.addOption(destinationOption('leads with a delivery to this destination'))
		.option('--since <time>', 'received since: 2026-11-23, 2026-11-23T14:00Z, or a duration back from now: P1D, PT2H')
		.option('--until <time>', 'received until; a date includes its day')
		.option('--search <text>', searched)
		.option('--offer <text>', 'part of the title of the offer, or of its id')
		.option('--country <name>', 'country, by a name or code of it')
		.option('--action <name>', 'what the customer did: INS or "Contact me"')
		.option('--campaign <text>', 'part of a campaign parameter: spring, or mktcmpid=spring')
		.option('--source <name>', 'where the customer was: SPZA or AppSource');
	return limit ? filtered.option('--after <id>', 'continue after this lead').addOption(limit) : filtered;
}

/** Checked when the journal is open, which knows what settings have named. */
export const destinationOption = (description: string) =>
	new Option('--destination <name>', description).argParser((text) => text.trim().toLowerCase());

export const toOption = () =>
	new Option('--to <name>', 'the destination: email, crm, or webhook:NAME')
		.makeOptionMandatory()
		.argParser((text) => text.trim().toLowerCase());

export const limitOption = (description: string, preset?: number, name = 'limit') => {
	const option = new Option(`--${name} <number>`, description).argParser(wholeNumber);
	return preset === undefined ? option : option.default(preset);
};

export const formatOption = () =>
	new Option(
		'--format <format>',
		'xlsx (to open as a spreadsheet), csv, or jsonl (a JSON object a line); by default as the name of the file ends, or csv',
	).choices(exportFormats);

export function addConsentOptions(command: Command): Command {
	return command
		.option('--dry-run', 'only show what would be done')
		.option('--yes', 'do not ask for confirmation')
		.option('--json', 'as JSON');
}

export const consentOf = ({ dryRun = false, yes = false, json = false }: ConsentOptions): Consent => ({ dryRun, yes, json });

/** @param now Milliseconds since the epoch: durations count back from it. */
export function filterOf({ state, destination, since, until, search, after, ...options }: FilterOptions, now: number): Filter {
	const named = search === undefined || since !== undefined ? undefined : nameIn(search);
	if (search !== undefined && since === undefined && !named)
		throw new UsageError('--search reads every lead of the time range: say how far back with --since, such as --since P30D.');
	if (search !== undefined && state === 'rejected')
		throw new UsageError('--search does not look into rejected payloads: export them instead.');
	const [from, to] = [timeOf('since', since, now) ?? 0, timeOf('until', until, now) ?? Number.MAX_SAFE_INTEGER];
	if (from > to) throw new UsageError('--since is later than --until: no lead can be in that period.');
	const asked = facetsIn(options);
	if (asked && state === 'rejected')
		throw new UsageError(`--${Object.keys(asked)[0]} goes with leads: a rejected payload could not be read.`);
	return {
		...(state && { state }),
		...(destination && { destination }),
		since: from,
		until: to,
		...(search !== undefined && { search }),
		...(named && { named }),
		...(asked && { facets: asked }),
		...(after !== undefined && { after: wholeId(after) }),
	};
}

/** What a command acts on: lead ids, or a filter, never everything for want of a word. */
export function targetOf(ids: string[], options: FilterOptions, now: number, allowed: State[]): Target {
	const { state, destination, since, until, search, limit } = options;
	const asked = facetsIn(options);
	if (ids.length > 0) {
		if ([state, since, until, search, asked, options.after, limit].some((option) => option !== undefined))
			throw new UsageError('Name lead ids or a filter, not both (--destination goes with either).');
		return { ids };
	}
	if ([state, destination, since, until, search, asked].every((option) => option === undefined))
		throw new UsageError('Name lead ids, or a filter such as --state parked.');
	const filter = filterOf({ ...options, state: state ?? 'parked' }, now);
	if (!allowed.includes(filter.state ?? 'parked')) throw new UsageError(`--state must be one of ${allowed.join(', ')} here.`);
	return { filter, limit };
}

/** Which deliveries of what was chosen: by a filter, only those that it asked for. */
export function whichOf(target: Target, { destination }: FilterOptions): Which {
	const state = 'filter' in target ? target.filter.state : undefined;
	const deliveryState = state === 'pending' || state === 'parked' || state === 'delivered' || state === 'closed' ? state : undefined;
	return { ...(destination && { destination }), ...(deliveryState && { state: deliveryState }) };
}

/** A search for one lead by its id or reference, or by so much of its id as hardly is a word. */
function nameIn(search: string): LeadName | undefined {
	const name = readLeadName(search);
	return name && ('id' in name || name.part.length >= 8) ? name : undefined;
}

function facetsIn(options: FacetOptions): FacetOptions | undefined {
	const given = facets.flatMap((facet) => (options[facet] === undefined ? [] : [[facet, options[facet]]]));
	return given.length > 0 ? Object.fromEntries(given) : undefined;
}

function wholeId(text: string): string {
	const name = readLeadName(text);
	if (!name || !('id' in name)) throw new UsageError('--after takes a whole lead id, as the list gives it.');
	return name.id;
}

function timeOf(side: 'since' | 'until', text: string | undefined, now: number): number | undefined {
	if (text === undefined) return undefined;
	const time = readTime(text, now, side);
	if (time === undefined)
		throw new UsageError(`--${side} takes a date (2026-11-23), a time (2026-11-23T14:00Z) or a duration (P1D, PT2H).`);
	return time;
}

function wholeNumber(text: string): number {
	if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('Give a whole number of 1 or more.');
	return Number(text);
}

function accountName(text: string): string {
	if (!/^[a-z0-9]{3,24}$/.test(text)) throw new InvalidArgumentError('Give 3 to 24 lower-case letters and digits.');
	return text;
}

/** The options of `reconcile` as they are written. */
export interface ReconcileWords {
	columns?: string[];
	dates?: DateOrder;
	timeZone?: string;
	within?: string;
	since?: string;
	until?: string;
	import?: boolean;
	journalOnly?: boolean;
	alsoDoubtful?: boolean;
}

export function addReconcileOptions(command: Command): Command {
	const gather = (text: string, before: string[] = []) => [...before, text];
	return command
		.option('--columns <field=name>', 'which column holds what, by name or number: email="Mail address"; may be repeated', gather)
		.addOption(new Option('--dates <order>', 'whether the day or the month is first in its dates').choices(['dmy', 'mdy']))
		.option('--time-zone <zone>', 'of times that do not say theirs, such as Europe/Berlin', 'UTC')
		.option('--within <duration>', 'how far apart the times of one lead may be', 'P1D')
		.option('--since <time>', 'only leads of the file since then')
		.option('--until <time>', 'only leads of the file until then')
		.option('--import', 'write what is only in the file into the journal, marked as imported, with its own time')
		.option('--journal-only', 'with --import: deliver nothing, sales have them already')
		.option('--also-doubtful', 'with --import: also what may have been erased here, or is older than the journal');
}

export function reconcileOptionsOf(files: string[], words: ReconcileWords, now: number): ReconcileOptions {
	const { timeZone = 'UTC', within = 'P1D', since, until, dates, journalOnly = false, alsoDoubtful = false } = words;
	const withinMs = durationMs(within);
	if (withinMs === undefined) throw new UsageError('--within takes a duration, such as PT2H or P1D.');
	if (!isTimeZone(timeZone)) throw new UsageError('--time-zone takes a name such as Europe/Berlin or UTC.');
	if ((journalOnly || alsoDoubtful) && !words.import) throw new UsageError('--journal-only and --also-doubtful go with --import.');
	return {
		files,
		columns: columnsOf(words.columns ?? []),
		dates,
		timeZone,
		withinMs,
		since: timeOf('since', since, now) ?? 0,
		until: timeOf('until', until, now) ?? Number.MAX_SAFE_INTEGER,
		import: words.import === true,
		journalOnly,
		alsoDoubtful,
	};
}

/** `email=Mail,time=Created at`; a comma before something else is part of a name. */
function columnsOf(texts: string[]): Partial<Record<Field, string>> {
	const said: Partial<Record<Field, string>> = {};
	for (const pair of texts.flatMap((text) => text.split(/,(?=\s*[a-zA-Z]+\s*=)/))) {
		const [, name = '', column = ''] = /^\s*([a-zA-Z]+)\s*=\s*(.+?)\s*$/s.exec(pair) ?? [];
		const field = fields.find((known) => known.toLowerCase() === name.toLowerCase());
		if (!field || !column) throw new UsageError(`--columns takes field=column. Fields: ${fields.join(', ')}.`);
		said[field] = column;
	}
	return said;
}

function isTimeZone(name: string): boolean {
	try {
		return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
	} catch {
		return false; // no zone has this name
	}
}
