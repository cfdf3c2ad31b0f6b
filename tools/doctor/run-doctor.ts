import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { StartFailure } from '../../sandbox/start/start-failure.ts';
import type { CheckLine } from '../../shared/basics/check-line.ts';
import type { Environment } from '../../shared/basics/environment.ts';
import type { CheckDeps } from '../../shared/checks/check.ts';
import { runChecks, worstOf } from '../../shared/checks/run-checks.ts';
import { cooldownSeenMs } from '../../shared/operate/end-cooldown.ts';
import { toJsonText } from '../../shared/operate/export/to-json-text.ts';
import { connect } from '../leads/connect.ts';
import { type ExitCode, exitCodes } from '../leads/leads-tool-deps.ts';
import { isWebAddress, readSecret } from '../leads/read-secret.ts';
import type { Terminal } from '../leads/terminal.ts';
import { UsageError } from '../leads/usage-error.ts';
import { endCooldowns } from './end-cooldowns.ts';
import { type App, findApp } from './find-app.ts';
import { lookAtBoard } from './look-at-board.ts';
import { sendTest } from './send-test.ts';
import { toText } from './to-text.ts';

export interface DoctorDependencies {
	terminal: Pick<Terminal, 'print' | 'note' | 'progress' | 'confirm'>;
	colour: boolean;
	environment: Environment;
	/** What checks depend on, for an app with these settings. */
	open: (environment: Environment) => CheckDeps;
	pause: (ms: number) => Promise<void>;
	/** The process's own unless a test brings another. */
	stdin?: Readable & { isTTY?: boolean };
}

interface Options {
	live?: boolean;
	json?: boolean;
	yes?: boolean;
	sendTest?: boolean;
	url?: string;
	board?: string;
	account?: string;
	wait: number;
	settings: string;
	data?: string;
	readyFile?: string;
}

const examples = `
Examples:
  npm run doctor                                       settings, host.json and versions; no service is called
  npm run doctor -- --live                             calls storage, identity, Graph and Dataverse too; nothing is sent, nothing is left behind
  npm run doctor -- --send-test                        and one lead, marked [TEST], goes the whole way
  npm run doctor -- --board https://APP.azurewebsites.net     is the board closed to those who have not signed in? Changes nothing
  npm run doctor -- --send-test --url - --account STORAGE   the same to an app in Azure (its URL on standard input, or in LEAD_URL);
                                                       its own checks are at GET /api/health

Exit codes: 0 nothing fails, 1 something fails, 2 wrong usage.`;

function command(terminal: DoctorDependencies['terminal']): Command {
	return new Command('npm run doctor --')
		.description('Is everything set up? Each line: ok, warning or failure, and the one thing to do.')
		.option('--live', 'call the services that the app calls, without sending anything')
		.option('--send-test', 'send one marked test lead the whole way; implies --live, and sends a real mail')
		.option(
			'--url <->',
			'read from standard input where it is posted, with its key; or put it into LEAD_URL (default: the app that npm start runs)',
		)
		.option('--board <url>', 'look from outside whether the board of an app in Azure is closed to those who have not signed in', webAddress)
		.option('--account <name>', 'the storage account in Azure in which it is watched, as the signed-in user')
		.option('--wait <seconds>', 'how long to wait for it', seconds, 120)
		.option('--yes', 'end the cooldown of a destination that is found healthy; do not ask for confirmation')
		.option('--json', 'as JSON')
		.option('--settings <file>', 'file with settings; the environment overrides it', 'local.settings.json')
		.option('--data <folder>', 'where npm start keeps its data (default: .data, or where the latest start does)')
		.option('--ready-file <file>', 'where npm start wrote its addresses')
		.addHelpText('after', examples)
		.exitOverride()
		.configureOutput({ writeOut: (text) => void terminal.print(text), writeErr: (text) => terminal.note(text.trimEnd()) });
}

/** The command line of `npm run doctor`: the exit code. */
export async function runDoctor(args: string[], dependencies: DoctorDependencies): Promise<ExitCode> {
	const { terminal } = dependencies;
	try {
		const program = command(terminal).parse(args, { from: 'user' });
		const { settings } = program.opts<Options>();
		if (program.getOptionValueSource('settings') === 'cli' && !existsSync(settings)) throw new UsageError(`There is no file ${settings}.`);
		if (program.args.length > 0) throw new UsageError(`${program.args[0]} is not an option (--help shows them).`);
		return await examine(program.opts<Options>(), dependencies);
	} catch (error) {
		if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
		if (!(error instanceof UsageError || error instanceof StartFailure)) throw error;
		terminal.note(error.message);
		return exitCodes.usage;
	}
}

async function examine(options: Options, dependencies: DoctorDependencies): Promise<ExitCode> {
	const { terminal, colour, open, pause } = dependencies;
	const { LEAD_URL: ours, ...environment } = dependencies.environment; // no setting of the app
	const { live = false, sendTest: sends = false, account, json = false, yes = false, wait } = options;
	if ((options.url || account) && !sends)
		throw new UsageError('--url and --account need --send-test. The checks of an app in Azure are at GET /api/health.');
	const secret = { option: '--url', given: options.url, variable: 'LEAD_URL' };
	const from = {
		environment: { LEAD_URL: options.data || options.readyFile ? undefined : ours },
		stdin: dependencies.stdin ?? process.stdin,
	};
	const url = sends ? await readSecret(secret, { ...from, note: terminal.note }) : undefined;
	if (url !== undefined && !isWebAddress(url)) throw new UsageError('Give an http or https address.');
	const app = findApp(options, environment);
	if (options.board)
		return tell(
			await lookAtBoardAt(options.board, open(app.environment)),
			{ where: 'The board at the given address.', called: true, json },
			{ terminal, colour },
		);
	const intakeUrl = url ?? app.intakeUrl;
	if (sends && !intakeUrl)
		throw new UsageError(
			'No address for the test lead. Start the app (npm start), or give the address with its key: --url - (on standard input) or LEAD_URL (in the environment)',
		);
	const deps = open(app.environment);
	// The settings here are not those of an app elsewhere.
	const consent = yes ? async () => true : json ? undefined : terminal.confirm;
	let ended: CheckLine[] = [];
	const beforeJournal = async (found: CheckLine[]) => {
		ended = await endCooldowns(found, consent, deps);
		return ended;
	};
	const lines: CheckLine[] = url ? [] : await runChecks(deps, { live: live || sends, beforeJournal });
	if (sends && intakeUrl) {
		if (ended.length > 0) await pause(cooldownSeenMs);
		terminal.progress('The test lead is on its way …');
		lines.push(
			...(await sendTest(
				{ url: intakeUrl, waitMs: wait * 1000, ...(!url && app.sandboxUrl && { sandboxUrl: app.sandboxUrl }), ...(account && { account }) },
				{ ...deps, journal: await journalOf({ url, account }, app, deps), pause },
			)),
		);
		terminal.progress('');
	}
	return tell(lines, { where: url ? 'The app at the given URL.' : app.where, called: live || sends, json }, { terminal, colour });
}

const lookAtBoardAt = (url: string, { settings, fetch, deadline }: CheckDeps) =>
	lookAtBoard({ url, ...settings.board }, { fetch, deadline });

async function tell(
	lines: CheckLine[],
	{ where, called, json }: { where: string; called: boolean; json: boolean },
	{ terminal, colour }: Pick<DoctorDependencies, 'terminal' | 'colour'>,
): Promise<ExitCode> {
	const status = worstOf(lines);
	await terminal.print(
		json ? `${toJsonText({ status, where, live: called, checks: lines }, 2)}\n` : toText(lines, { where, called, colour }),
	);
	return status === 'failure' ? exitCodes.failed : exitCodes.done;
}

/** Where the test lead is watched: beside an app elsewhere only what was named for it. */
async function journalOf(
	{ url, account }: { url: string | undefined; account: string | undefined },
	{ environment }: App,
	deps: CheckDeps,
): Promise<CheckDeps['journal'] | undefined> {
	if (account) {
		const connection = await connect({ account }, environment);
		return typeof connection === 'string' ? undefined : connection.journal;
	}
	return url ? undefined : deps.journal;
}

function webAddress(text: string): string {
	if (!isWebAddress(text)) throw new InvalidArgumentError('Give an http or https address.');
	return text;
}

function seconds(text: string): number {
	if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('Give a whole number of seconds.');
	return Number(text);
}
