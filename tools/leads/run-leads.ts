import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { Command, CommanderError } from 'commander';
import { StartFailure } from '../../sandbox/start/start-failure.ts';
import { storageTimeoutMs } from '../../shared/basics/create-deadlines.ts';
import { didYouMean } from '../../shared/basics/did-you-mean.ts';
import type { Environment } from '../../shared/basics/environment.ts';
import type { Clock } from '../../shared/basics/time.ts';
import type { DestinationName } from '../../shared/delivery/destination.ts';
import { namesOf } from '../../shared/delivery/destination-kind.ts';
import { destinationKinds } from '../../shared/destinations/destination-kinds.ts';
import type { Journal } from '../../shared/journal/journal.ts';
import { type AddCommand, defineCommands } from './commands.ts';
import { type Connection, connect, type Place } from './connect.ts';
import { explainFailure } from './explain-failure.ts';
import { type ExitCode, exitCodes, type LeadsToolDeps } from './leads-tool-deps.ts';
import { addPlaceOptions } from './options.ts';
import { printableLine } from './printable.ts';
import { readSecret } from './read-secret.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export interface LeadsDependencies {
	terminal: Terminal;
	clock: Clock;
	environment: Environment;
	/** The process's own unless a test brings another. */
	stdin?: Readable & { isTTY?: boolean };
	/** `setTimeout` unless a test brings its own. */
	pause?: (ms: number) => Promise<void>;
	/** Ends what would go on until Ctrl-C. */
	ended?: AbortSignal;
	/** Those that the journal may hold deliveries to. */
	destinations?: readonly DestinationName[];
	/** Opens the journal; `connect` unless a test brings its own. */
	open?: (place: Place, environment: Environment) => Promise<Connection | string>;
}

const examples = `
Examples:
  npm run leads -- list --state parked                        what needs a decision
  npm run leads -- list --search contoso --since P30D         where is that lead?
  npm run leads -- show cb9ad2a8                              everything that happened to it (the reference in the subject of its mail)
  npm run leads -- stats --by country --since P90D            how many, from where
  npm run leads -- list --state parked --watch                what needs a decision, as it comes
  npm run leads -- replay --state parked --destination crm --dry-run
  npm run leads -- retry --destination crm                    try waiting deliveries now, not after the cooldown
  npm run leads -- send --to webhook:sales --since P30D --dry-run
  npm run leads -- reconcile LeadsExport.csv                  which leads of this file are not in the journal?
  npm run leads -- list --account contosoleads                a journal in Azure, as the signed-in user (az login)

Exit codes: 0 done, 1 nothing matched or failed, 2 wrong usage.`;

/** Those that need no settings to be there; the app's settings are not known here. */
const alwaysThere = namesOf(destinationKinds);

/** These, and whatever else a lead in the journal went to, whether or not a setting still names it. */
async function knownNames(journal: Journal, always: readonly DestinationName[]): Promise<DestinationName[]> {
	return [...new Set([...always, ...(await journal.named(AbortSignal.timeout(storageTimeoutMs.list)))])];
}

function requireKnown(destination: DestinationName, known: readonly DestinationName[]): void {
	if (known.includes(destination)) return;
	const meant = didYouMean(destination, known);
	throw new UsageError(
		`--destination: no lead in the journal went to ${printableLine(destination)}. ${meant ? `Did you mean ${meant}?` : `Allowed: ${known.join(', ')}.`}`,
	);
}

/** The command line of `npm run leads`: the exit code. */
export async function runLeads(args: string[], dependencies: LeadsDependencies): Promise<ExitCode> {
	const { terminal, destinations = alwaysThere } = dependencies;
	let exitCode: ExitCode = exitCodes.done;
	const program = new Command('npm run leads --')
		.description('The journal of leads: see, count, replay, retry, send, close, erase, export, reconcile.')
		.addHelpText('after', examples)
		.exitOverride()
		.configureOutput({ writeOut: (text) => void terminal.print(text), writeErr: (text) => terminal.note(text.trimEnd()) });

	const add: AddCommand = (name, description, set, run) => {
		const command = addPlaceOptions(set(program.command(name).description(description)));
		// Commander gives the arguments, the options, the command.
		command.action(async (...given: unknown[]) => {
			const ids = given.slice(0, -2).flat() as string[];
			const options = given.at(-2) as Parameters<typeof run>[1] & Place;
			exitCode = await work(options, (deps) => run(ids, options, deps));
		});
	};

	const work = async (place: Place, run: (deps: LeadsToolDeps) => Promise<ExitCode>): Promise<ExitCode> => {
		let where = 'the journal';
		try {
			const { environment, stdin = process.stdin, open = connect } = dependencies;
			const given = place.connectionString;
			const secret = { option: '--connection-string', given, variable: 'AzureWebJobsStorage' };
			const connectionString = given === undefined ? undefined : await readSecret(secret, { environment, stdin, note: terminal.note });
			const connection = await open({ ...place, connectionString }, environment);
			if (typeof connection === 'string') throw new UsageError(connection);
			where = connection.where;
			const journal = await connection.journal();
			const known = await knownNames(journal, destinations);
			const { destination } = place as { destination?: DestinationName };
			if (destination !== undefined) requireKnown(destination, known);
			return await run({
				...connection,
				destinations: known,
				journal: async () => journal,
				clock: dependencies.clock,
				terminal,
				deadline: (ms) => AbortSignal.timeout(ms),
				pause: dependencies.pause ?? ((ms) => setTimeout(ms)),
				...(dependencies.ended && { ended: dependencies.ended }),
			});
		} catch (error) {
			if (error instanceof UsageError) throw error;
			if (error instanceof StartFailure) throw new UsageError(error.message);
			terminal.progress('');
			terminal.note(explainFailure(error, where));
			return exitCodes.failed;
		}
	};

	defineCommands(add);
	try {
		await program.parseAsync(args, { from: 'user' });
		return exitCode;
	} catch (error) {
		if (error instanceof UsageError) {
			terminal.note(error.message);
			return exitCodes.usage;
		}
		if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
		throw error;
	}
}
