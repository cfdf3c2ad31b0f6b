import { type Command, Option } from 'commander';
import type { DestinationName } from '../../shared/delivery/destination.ts';
import { type Dimension, dimensions } from '../../shared/operate/count-leads.ts';
import type { ExportFormat } from '../../shared/operate/export/export-format.ts';
import { toBareAddress } from '../../shared/person/find-address.ts';
import { closeLeads } from './close-leads.ts';
import { eraseByEmail } from './erase-by-email.ts';
import { eraseLeads } from './erase-leads.ts';
import { eraseRejected } from './erase-rejected.ts';
import { exportLeads } from './export-leads.ts';
import { resolveIds } from './ids-named.ts';
import { leadMeant } from './lead-meant.ts';
import type { ExitCode, LeadsToolDeps } from './leads-tool-deps.ts';
import { listLeads } from './list-leads.ts';
import {
	addConsentOptions,
	addEraseOptions,
	addFilterOptions,
	addReconcileOptions,
	type ConsentOptions,
	consentOf,
	destinationOption,
	type FilterOptions,
	filterOf,
	formatOption,
	limitOption,
	type ReconcileWords,
	reconcileOptionsOf,
	targetOf,
	toOption,
	whichOf,
} from './options.ts';
import { reconcileLeads } from './reconcile-leads.ts';
import { replayLeads } from './replay-leads.ts';
import { retryLeads } from './retry-leads.ts';
import { sendLeads } from './send-leads.ts';
import { showLead } from './show-lead.ts';
import { showStats } from './stats.ts';
import { UsageError } from './usage-error.ts';
import { watchLeads } from './watch-leads.ts';

/** Adds a subcommand that works on a journal: `set` gives it its arguments and options, `run` does it. */
export type AddCommand = <Options extends object>(
	name: string,
	description: string,
	set: (command: Command) => Command,
	run: (args: string[], options: Options, deps: LeadsToolDeps) => Promise<ExitCode>,
) => void;

/** The subcommands of `npm run leads`. */
export function defineCommands(add: AddCommand): void {
	add<FilterOptions & { watch?: boolean }>(
		'list',
		'List leads, newest first, a page at a time.',
		(command) =>
			addFilterOptions(command, limitOption('leads on a page', 50))
				.option('--watch', 'go on: a line for each lead that comes, or whose deliveries change, until Ctrl-C')
				.option('--json', 'as JSON'),
		(_, { watch = false, json = false, limit = 50, ...options }, deps) => {
			if (watch && (options.after ?? options.until) !== undefined)
				throw new UsageError('--watch shows the newest: it goes without --after and --until.');
			return (watch ? watchLeads : listLeads)(filterOf(options, deps.clock()), { limit, json }, deps);
		},
	);
	add<FilterOptions & { by: Dimension; top: number }>(
		'stats',
		'Count leads by offer, country, action, campaign, source, destination, day or week, with bars; also those that were erased since.',
		(command) =>
			addFilterOptions(command)
				.addOption(new Option('--by <dimension>', 'what to count by').choices(dimensions).makeOptionMandatory())
				.addOption(limitOption('show the commonest values only', 20, 'top'))
				.option('--json', 'as JSON'),
		(_, { by, top, json = false, ...options }, deps) => {
			if (options.state === 'rejected')
				throw new UsageError('stats counts leads. Rejected payloads: npm run leads -- list --state rejected');
			return showStats(filterOf(options, deps.clock()), { by, top, json }, deps);
		},
	);
	add<{ json?: boolean; payload?: boolean }>(
		'show',
		'Show one lead (or rejected payload) with its attempts.',
		(command) =>
			command
				.argument('[lead...]', 'its reference, its id or the beginning of it, an e-mail address or a phone number')
				.option('--payload', 'and what was posted')
				.option('--json', 'as JSON'),
		async (args, { json = false, payload = false }, deps) => {
			// A shell takes what begins with # for a comment.
			if (args.length === 0) throw new UsageError('Name a lead; a reference without its #, or in quotes: show cb9ad2a8');
			return showLead(await leadMeant(args.join(' '), deps), { json, payload }, deps);
		},
	);
	add<FilterOptions & ConsentOptions & { again?: boolean }>(
		'replay',
		'Deliver parked deliveries again, read rejected payloads again; a replay begins a new retry window.',
		(command) =>
			addConsentOptions(
				addFilterOptions(command.argument('[ids...]', 'lead ids; or use a filter'), limitOption('maximum number of leads')),
			).option('--again', 'also what was delivered or closed: a mail comes twice, a CRM record is not created twice'),
		async (args, options, deps) => {
			const again = options.again === true;
			if (options.state === 'pending')
				throw new UsageError('Pending deliveries are tried again automatically, not replayed. To try it now: npm run leads -- retry');
			if ((options.state === 'delivered' || options.state === 'closed') && !again)
				throw new UsageError(`Deliveries that are ${options.state} are replayed only with --again.`);
			const target = targetOf(await resolveIds(args, deps), options, deps.clock(), ['parked', 'rejected', 'delivered', 'closed']);
			return replayLeads(target, whichOf(target, options), { again, ...consentOf(options) }, deps);
		},
	);
	add<ConsentOptions & { destination?: DestinationName }>(
		'retry',
		'Try waiting deliveries now: ends the cooldown of their destination, makes them due, and rings.',
		(command) =>
			command
				.argument('[ids...]', 'lead ids; without any, all waiting deliveries')
				.addOption(destinationOption('only this destination'))
				.option('--dry-run', 'only show what would be done')
				// No one is asked: scripts say it out of habit.
				.addOption(new Option('--yes').hideHelp())
				.option('--json', 'as JSON'),
		async (args, { destination, dryRun = false, json = false }, deps) =>
			retryLeads({ destination, leadIds: await resolveIds(args, deps), dryRun, json }, deps),
	);
	add<FilterOptions & ConsentOptions>(
		'close',
		'Mark parked deliveries or rejected payloads as dealt with; with --state pending, deliveries that wait for a destination that no setting names any more.',
		(command) =>
			addConsentOptions(
				addFilterOptions(command.argument('[ids...]', 'lead ids; or use a filter'), limitOption('maximum number of leads')),
			),
		async (args, options, deps) => {
			if (options.state === 'pending' && options.destination === undefined)
				throw new UsageError('Closing what waits means that it is not delivered: name its destination with --destination.');
			const target = targetOf(await resolveIds(args, deps), options, deps.clock(), ['parked', 'rejected', 'pending']);
			return closeLeads(target, whichOf(target, options), consentOf(options), deps);
		},
	);
	add<FilterOptions & ConsentOptions & { to: DestinationName }>(
		'send',
		'Deliver leads to a destination that they did not go to, such as a new webhook. No rule is asked; leads for the journal only stay there.',
		(command) =>
			addConsentOptions(command)
				.addOption(toOption())
				.option('--since <time>', 'received since: 2026-11-23, 2026-11-23T14:00Z, or a duration back from now: P1D, PT2H')
				.option('--until <time>', 'received until; a date includes its day')
				.addOption(limitOption('maximum number of leads, the newest')),
		(_, { to, ...options }, deps) => {
			if (options.since === undefined) throw new UsageError('Say how far back with --since, such as --since P30D.');
			return sendLeads(to, { filter: filterOf(options, deps.clock()), limit: options.limit }, consentOf(options), deps);
		},
	);
	add<ConsentOptions & FilterOptions & { email?: string }>(
		'erase',
		'Erase the personal data of leads, by id or by e-mail address, or rejected payloads. Cannot be undone.',
		(command) =>
			addConsentOptions(
				addEraseOptions(command.argument('[ids...]', 'lead ids')).option(
					'--email <address>',
					'everything that contains this e-mail address anywhere',
				),
			),
		async (args, { email, ...options }, deps) => {
			const ids = await resolveIds(args, deps);
			const { state, since, until, limit } = options;
			if ([email !== undefined, ids.length > 0, state !== undefined].filter(Boolean).length !== 1)
				throw new UsageError('Give one of these: lead ids, an address with --email, or --state rejected.');
			if (state === undefined && [since, until, limit].some((option) => option !== undefined))
				throw new UsageError('--since, --until and --limit need --state rejected.');
			if (email !== undefined) {
				if (!toBareAddress(email)) throw new UsageError('--email takes an e-mail address.');
				return eraseByEmail(email, consentOf(options), deps);
			}
			if (state) return eraseRejected({ filter: filterOf(options, deps.clock()), limit }, consentOf(options), deps);
			return eraseLeads(ids, consentOf(options), deps);
		},
	);
	add<ReconcileWords & ConsentOptions>(
		'reconcile',
		'Compare files of leads (CSV or xlsx: Partner Center, the Azure table, Salesforce, HubSpot) with the journal, and import what was lost.',
		(command) => addConsentOptions(addReconcileOptions(command.argument('<files...>', 'CSV or xlsx files; several are compared together'))),
		(files, options, deps) => reconcileLeads(reconcileOptionsOf(files, options, deps.clock()), consentOf(options), deps),
	);
	add<FilterOptions & { format?: ExportFormat; output?: string }>(
		'export',
		'Export leads with their contents, newest first: .xlsx for people, CSV and JSON lines for programs.',
		(command) =>
			addFilterOptions(command, limitOption('maximum number of leads'))
				.addOption(formatOption())
				.option('--output <file>', 'a new file, readable by you alone; stdout otherwise')
				.option('--json', 'the same as --format jsonl'),
		(_, { json, output, limit, format = json ? 'jsonl' : undefined, ...options }, deps) =>
			exportLeads(filterOf(options, deps.clock()), { format, output, limit }, deps),
	);
}
