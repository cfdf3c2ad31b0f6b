/** `npm run chaos`: kills the worker wherever it can be killed, answers it falsely wherever it asks, and reconciles what was promised with what arrived. */
import { Command } from 'commander';
import { everyExchange, isUnreached } from '../chaos/every-exchange.ts';
import { fuzz } from '../chaos/fuzz.ts';
import { storm } from '../chaos/storm.ts';
import { isRed, type Tally } from '../chaos/tally.ts';
import { ways } from '../chaos/ways.ts';
import { aboveZero, endByParser, someOf, wholeNumber } from '../sandbox/start/read-option.ts';

interface Options {
	everyExchange?: boolean;
	storm?: boolean;
	fuzz?: boolean;
	ways: string[];
	sideBySide: number;
	brief?: boolean;
	by: string[];
	seed: number;
	leads: number;
	kills: number;
	minutes: number;
	drainMinutes: number;
	bodies: number;
}

const program = new Command('npm run chaos --')
	.description(
		'The loss proof: every accepted lead is in the CRM exactly once, in the mailbox, and at the endpoint. Without a part, all three.',
	)
	.option(
		'--every-exchange',
		'kill the worker before and after every exchange of each way of a lead; answer each with all that only looks like a success',
	)
	.option('--storm', 'kills, outages, lost answers and hangs at random, in the middle of many leads')
	.option('--fuzz', 'mutated bodies through the intake')
	.option(
		'--ways <names>',
		`ways for --every-exchange: ${ways.map(({ name }) => name).join(',')}`,
		someOf(ways.map(({ name }) => name)),
		ways.map(({ name }) => name),
	)
	.option('--side-by-side <number>', 'experiments of --every-exchange at once', wholeNumber(1), 6)
	.option('--by <names>', 'of --every-exchange: kills,answers', someOf(['kills', 'answers']), ['kills', 'answers'])
	.option(
		'--brief',
		'of --every-exchange: questions that were asked before are not cut again, few false answers; storage is made beforehand',
	)
	.option('--seed <number>', 'of --storm and --fuzz; drawn when absent', wholeNumber(0), Math.floor(Math.random() * 1e9))
	.option('--leads <number>', 'of --storm: how many are posted', wholeNumber(1), 10_000)
	.option('--kills <number>', 'of --storm: how often the worker is killed', wholeNumber(0), 100)
	.option('--minutes <number>', 'of --storm: for how long leads are posted', aboveZero, 10)
	.option('--drain-minutes <number>', 'of --storm: how long everything may take to arrive after that', aboveZero, 10)
	.option('--bodies <number>', 'of --fuzz: how many are posted', wholeNumber(1), 100_000)
	.exitOverride(endByParser);
const options = program.parse().opts<Options>();
const all = !options.everyExchange && !options.storm && !options.fuzz;
const table: Record<string, Record<string, unknown>> = {};
let red = 0;

if (all || options.everyExchange) {
	const results = await everyExchange(
		options.ways,
		options.sideBySide,
		(result) => {
			const { exchanges, way, cut, ...counts } = result;
			const at = cut ? `${cut.how} ${cut.when} ${cut.what} #${cut.occurrence}` : 'undisturbed';
			if (isRed(result)) console.log(`RED ${way}: ${at} ${JSON.stringify(counts)}`);
			else console.log(`ok  ${way}: ${at}${counts.mailDoubles ? ` (${counts.mailDoubles} mail doubled)` : ''}`);
		},
		{ brief: options.brief === true, by: { kills: options.by.includes('kills'), answers: options.by.includes('answers') } },
	);
	for (const { name } of ways) {
		const ofWay = results.filter(({ way }) => way === name);
		if (ofWay.length === 0) continue;
		const columns = [
			'lost',
			'recordDoubles',
			'recordsChanged',
			'receivedDoubles',
			'mailDoubles',
			'repeatedPosts',
			'unexplained',
			'parked',
		] satisfies (keyof Tally)[];
		const counts = columns.map((column) => [column, ofWay.reduce((total, result) => total + result[column], 0)]);
		table[`every exchange: ${name}`] = {
			experiments: ofWay.length,
			unreached: ofWay.filter(isUnreached).length,
			...Object.fromEntries(counts),
			red: ofWay.filter(isRed).length,
		};
	}
	red += results.filter(isRed).length;
}
if (all || options.storm) {
	console.log(`storm with --seed ${options.seed}`);
	const result = await storm({ ...options, report: console.log });
	table.storm = { ...result, red: isRed(result) ? 1 : 0 };
	red += isRed(result) ? 1 : 0;
}
if (all || options.fuzz) {
	console.log(`fuzz with --seed ${options.seed}`);
	const result = await fuzz({ ...options, report: console.log });
	const isBad = result.serverErrors + result.deaths + result.missing > 0;
	table.fuzz = { ...result, answers: JSON.stringify(result.answers), red: isBad ? 1 : 0 };
	red += isBad ? 1 : 0;
}
for (const [part, columns] of Object.entries(table))
	console.log(
		`${part}: ${Object.entries(columns)
			.map(([name, value]) => `${name} ${value}`)
			.join(', ')}`,
	);
process.exitCode = red > 0 ? 1 : 0;
