import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { Command } from 'commander';
import { leadsOff } from './start/app-settings.ts';
import { doubtsAbout } from './start/doubts-about.ts';
import { endWithParent } from './start/end-with-parent.ts';
import { readLocalSettings } from './start/read-local-settings.ts';
import { endByParser, wholeNumber } from './start/read-option.ts';
import { writePointer } from './start/ready-file.ts';
import { diskTrouble, StartFailure } from './start/start-failure.ts';
import { type Local, startLocal } from './start/start-local.ts';
import { clockTime, type HumanLine, harmless, toHumanLine } from './start/to-human-line.ts';
import { watchDisk } from './start/watch-disk.ts';
import { welcome } from './start/welcome.ts';

/** `npm start`: the app and all it talks to, on this machine. */
const program = new Command('npm start --')
	.description(
		'Runs the app on this machine, with storage and a sandbox for Microsoft Graph, Dataverse and the managed identity. No account is needed.',
	)
	.option('--port <number>', 'port of the app; 0 picks a free one', wholeNumber(0, 65_535), 7071)
	.option('--sandbox-port <number>', 'port of the sandbox and its pages; 0 picks a free one', wholeNumber(0, 65_535), 7080)
	.option('--data <folder>', 'where leads, mails and keys are kept', '.data')
	.option('--reset', 'empty that folder first')
	.option('--lease-seconds <number>', 'how long a queue message stays hidden when the worker dies', wholeNumber(1, 604_800), 600)
	.option('--ready-file <file>', 'file that is written when all is ready and removed at the end (default: ready.json in the data folder)')
	.exitOverride(endByParser)
	.parse();
const options = program.opts<{
	port: number;
	sandboxPort: number;
	data: string;
	reset?: boolean;
	leaseSeconds: number;
	readyFile?: string;
}>();

const colours = { info: undefined, good: 'green', warn: 'yellow', error: 'red' } as const;
function say({ text, level }: HumanLine): void {
	const line = `${clockTime(new Date().toISOString())}  ${harmless(text)}`; // also what the app writes by itself
	const colour = colours[level];
	console.log(colour && process.stdout.isTTY ? styleText(colour, line) : line);
}
// A terminal that was closed, or a pipe that no one reads: there is no one to tell, and what runs still has to be ended.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const startedAt = performance.now();
let starting: Promise<Local> | undefined;
let endingSince: number | undefined;
/** A signal may come twice, from the terminal and from npm; someone who presses Ctrl-C again a second later will not wait. */
async function end(exitCode: number): Promise<void> {
	if (endingSince !== undefined) {
		if (performance.now() - endingSince > 1000) process.exit(exitCode);
		return;
	}
	endingSince = performance.now();
	const local = await starting?.catch(() => undefined);
	await local?.stop();
	process.exit(exitCode);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
	process.on(signal, () => {
		if (endingSince === undefined) console.log('Stopping …');
		void end(0);
	});
endWithParent(() => void end(0));

try {
	if (!existsSync('dist/main.cjs'))
		throw new StartFailure(
			'The app is not built: dist/main.cjs is missing. Run "npm start" or "npm run build" in the folder of package.json.',
		);
	const { LEAD_URL: _ofTheTools, ...environment } = process.env; // the address of another app, with its key
	const settings = { ...readLocalSettings('local.settings.json'), ...environment };
	const readyFile = options.readyFile ?? join(options.data, 'ready.json');
	starting = startLocal({
		port: options.port,
		sandboxPort: options.sandboxPort,
		dataFolder: options.data,
		reset: options.reset === true,
		leaseSeconds: options.leaseSeconds,
		readyFile,
		settings,
		onLog: (line) => {
			const said = toHumanLine(line);
			if (said) say(said);
		},
		onOutput: (text) => say({ text, level: 'info' }),
		onRestart: (what) =>
			say(
				'death' in what
					? { text: `The worker died (${what.death}); it is restarted.`, level: 'warn' }
					: { text: `The worker runs again, as process ${what.workerPid}.`, level: 'info' },
			),
	});
	const local = await starting;
	writePointer(readyFile);
	if (endingSince === undefined) {
		const tookS = (performance.now() - startedAt) / 1000;
		const doubts = await doubtsAbout(local.settings);
		console.log(welcome(local, { tookS, dataFolder: options.data, leadsOff: leadsOff(settings), platform: process.platform, doubts }));
	}
	watchDisk(options.data, { say });
	const how = await local.broken;
	if (endingSince === undefined) {
		say({ text: `The storage emulator has died (${how}): nothing works without it.`, level: 'error' });
		await end(1);
	}
} catch (error) {
	console.error(error instanceof StartFailure ? error.message : (diskTrouble(error, options.data) ?? error));
	await end(1);
}
