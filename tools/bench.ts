/** `npm run bench`: what the app costs in time, storage operations and memory on this machine; with `--beside`, in relation to another build. */
import { arch, cpus, loadavg, totalmem } from 'node:os';
import { Command } from 'commander';
import type { BenchOptions } from '../bench/bench-options.ts';
import { compareBuilds, comparedParts } from '../bench/beside/compare-builds.ts';
import { benchBoard } from '../bench/board.ts';
import { runChildPart } from '../bench/child-parts.ts';
import { type Figure, isReached } from '../bench/figure.ts';
import { benchGrowth } from '../bench/growth.ts';
import { benchIntake } from '../bench/intake.ts';
import { benchLoneLead } from '../bench/lone-lead.ts';
import { benchMapping } from '../bench/mapping.ts';
import { benchOperations } from '../bench/operations.ts';
import { shareStorage } from '../bench/share-storage.ts';
import { benchThroughput } from '../bench/throughput.ts';
import { toTable } from '../bench/to-table.ts';
import { openAccounts } from '../chaos/open-accounts.ts';
import { endByParser, wholeNumber } from '../sandbox/start/read-option.ts';
import { UsageError } from './leads/usage-error.ts';

const parts: Record<string, (options: BenchOptions) => Promise<Figure[]>> = {
	operations: benchOperations,
	mapping: benchMapping,
	intake: benchIntake,
	lone: benchLoneLead,
	throughput: benchThroughput,
	growth: benchGrowth,
	board: benchBoard,
};

interface Options {
	only?: string[];
	rounds?: number;
	beside?: string;
	peer?: boolean;
	stored: number;
	quick?: boolean;
	json?: boolean;
}

const names = (text: string): string[] => text.split(',').map((name) => name.trim());

/** Of the parts that there are; all, when none is named. */
function choose(known: string[], asked = known): string[] {
	const unknown = asked.filter((name) => !known.includes(name));
	if (unknown.length > 0) throw new UsageError(`--only: ${unknown.join(', ')} is not a part; the parts are ${known.join(', ')}.`);
	return asked;
}

/** A shared processor makes times vary more than any change of the code does. */
const busyAbove = 0.15 * cpus().length;

async function bench(): Promise<void> {
	const program = new Command('npm run bench --')
		.description('Measures the app on this machine; nothing leaves it. Compare figures of one run only: a machine varies by the hour.')
		.option('--only <parts>', `some of ${Object.keys(parts).join(',')}; with --beside or --peer, of ${comparedParts.join(',')}`, names)
		.option('--rounds <number>', 'number of runs; the median is shown (default: 3; with --beside or --peer 5)', wholeNumber(1))
		.option(
			'--beside <folder>',
			'compare with another checkout, or with an unpacked package, in turn: it is built, and driven by HTTP alone',
		)
		.option('--peer', 'compare with express and pg-boss on PostgreSQL, where that is installed; their packages are downloaded')
		.option(
			'--stored <number>',
			'leads in the journal that is compared with a journal of 1000 (growth; the board is measured on 10,000)',
			wholeNumber(1001),
			100_000,
		)
		.option('--quick', 'a smoke test of seconds: its times mean nothing')
		.option('--json', 'the figures as JSON')
		.exitOverride(endByParser);
	const { stored, quick = false, json, beside, peer = false, ...rest } = program.parse().opts<Options>();
	const compares = beside !== undefined || peer;
	const report = (line: string) => console.error(line);
	const only = choose(compares ? comparedParts : Object.keys(parts), rest.only);
	const rounds = quick ? 1 : (rest.rounds ?? (compares ? 5 : 3));
	const begun = Date.now();
	const load = loadavg().map((value) => Math.round(value * 100) / 100);
	report(`load average before the start: ${load.join(', ')}`);
	const isBusy = (load[0] ?? 0) > busyAbove;
	if (isBusy) report('This machine is busy with something else: counts are right, times are not. Run it again when the machine is quiet.');
	const shared = shareStorage(30);
	const options = { rounds, stored, quick, only, report, openStorage: quick ? shared.openStorage : openAccounts };
	const measured = compares ? compareBuilds({ ...options, beside, peer }) : measure(options);
	let figures = await measured.finally(shared.stop);
	// What is read from /proc is known on Linux alone.
	figures = figures.filter(({ value }) => process.platform === 'linux' || Number.isFinite(value));
	const machine = {
		processors: cpus().length,
		model: cpus()[0]?.model ?? '',
		architecture: arch(),
		memoryGiB: Math.round(totalmem() / 2 ** 30),
		node: process.version,
		loadBefore: load,
		...(isBusy && { isBusy }),
	};
	const seconds = Math.round((Date.now() - begun) / 1000);
	if (json) {
		const all = figures.map((figure) => ({ ...figure, ...(figure.aim && { reached: isReached(figure) }) }));
		console.log(
			JSON.stringify(
				{
					at: new Date(begun).toISOString(),
					seconds,
					machine,
					options: { only, rounds, stored, quick, ...(beside !== undefined && { beside }), peer },
					figures: all,
				},
				null,
				2,
			),
		);
	} else {
		console.log(toTable(figures));
		console.log(`\n${new Date(begun).toISOString()}, ${seconds} s; ${JSON.stringify(machine)}`);
	}
}

async function measure(options: BenchOptions & { only: string[] }): Promise<Figure[]> {
	const runs = options.only.map((name) => () => parts[name]?.(options) ?? []);
	// Side by side only where times mean nothing.
	if (options.quick) return (await Promise.all(runs.map((run) => run()))).flat();
	const figures: Figure[] = [];
	for (const run of runs) figures.push(...(await run()));
	return figures;
}

// Parts of the bench run in processes of their own: this file again, told by its first argument what to do.
const [, , argument = ''] = process.argv;
if (process.send && argument.startsWith('{')) await runChildPart(JSON.parse(argument));
else
	await bench().catch((error: Error) => {
		console.error(error.message);
		process.exitCode = error instanceof UsageError ? 2 : 1;
	});
