/** `npm run bench`: what the app costs in time, storage operations and memory on this machine, beside what bare storage allows. */
import { arch, cpus, totalmem } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import type { BenchOptions } from '../bench/bench-options.ts';
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

const parts: Record<string, (options: BenchOptions) => Promise<Figure[]>> = {
	operations: benchOperations,
	mapping: benchMapping,
	intake: benchIntake,
	lone: benchLoneLead,
	throughput: benchThroughput,
	growth: benchGrowth,
};

interface Options {
	only: string[];
	rounds: number;
	stored: number;
	quick?: boolean;
	json?: boolean;
}

const names = (text: string): string[] => {
	const asked = text.split(',').map((name) => name.trim());
	const unknown = asked.filter((name) => !Object.hasOwn(parts, name));
	if (unknown.length > 0)
		throw new InvalidArgumentError(`${unknown.join(', ')} is not a part; the parts are ${Object.keys(parts).join(', ')}.`);
	return asked;
};

async function bench(): Promise<void> {
	const program = new Command('bench')
		.description('Measures the app on this machine; nothing leaves it. Compare figures of one run only: a machine varies by the hour.')
		.option('--only <parts>', `some of ${Object.keys(parts).join(',')}`, names, Object.keys(parts))
		.option('--rounds <number>', 'number of runs; the median is shown', Number, 3)
		.option('--stored <number>', 'leads in the journal that is compared with a journal of 1000', Number, 100_000)
		.option('--quick', 'a smoke test of seconds: its times mean nothing')
		.option('--json', 'the figures as JSON');
	const { only, rounds, stored, quick = false, json } = program.parse().opts<Options>();
	const begun = Date.now();
	const shared = shareStorage(20);
	const options: BenchOptions = {
		rounds: quick ? 1 : rounds,
		stored,
		quick,
		openStorage: quick ? shared.openStorage : openAccounts,
		report: (line) => console.error(line),
	};
	let figures: Figure[] = [];
	try {
		const runs = only.map((name) => () => parts[name]?.(options) ?? []);
		// Side by side only where times mean nothing.
		if (quick) figures.push(...(await Promise.all(runs.map((run) => run()))).flat());
		else for (const run of runs) figures.push(...(await run()));
	} finally {
		await shared.stop();
	}
	// What is read from /proc is known on Linux alone.
	figures = figures.filter(({ value }) => process.platform === 'linux' || Number.isFinite(value));
	const machine = {
		processors: cpus().length,
		model: cpus()[0]?.model ?? '',
		architecture: arch(),
		memoryGiB: Math.round(totalmem() / 2 ** 30),
		node: process.version,
	};
	const seconds = Math.round((Date.now() - begun) / 1000);
	if (json) {
		const all = figures.map((figure) => ({ ...figure, ...(figure.aim && { reached: isReached(figure) }) }));
		console.log(
			JSON.stringify(
				{ at: new Date(begun).toISOString(), seconds, machine, options: { only, rounds, stored, quick }, figures: all },
				null,
				2,
			),
		);
	} else {
		console.log(toTable(figures));
		console.log(`\n${new Date(begun).toISOString()}, ${seconds} s; ${JSON.stringify(machine)}`);
	}
}

// Parts of the bench run in processes of their own: this file again, told by its first argument what to do.
const [, , argument = ''] = process.argv;
await (process.send && argument.startsWith('{') ? runChildPart(JSON.parse(argument)) : bench());
