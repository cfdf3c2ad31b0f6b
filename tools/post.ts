import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import { endByParser, wholeNumber } from '../sandbox/start/read-option.ts';
import { StartFailure } from '../sandbox/start/start-failure.ts';
import { isWebAddress, readSecret } from './leads/read-secret.ts';
import { UsageError } from './leads/usage-error.ts';
import { chooseSamples } from './post/choose-samples.ts';
import { findIntake } from './post/find-intake.ts';
import { postLeads } from './post/post-leads.ts';
import { readSample, sampleNames } from './post/samples.ts';

const command = new Command('npm run post --')
	.description('Posts sample leads and prints the answer to each.')
	.option(
		'--url <->',
		'read from standard input where to post, with its key; or put it into LEAD_URL (default: the intake that npm start runs)',
	)
	.option('--ready-file <file>', 'where npm start wrote its addresses (default: where the latest start did)')
	.option('--count <number>', 'how many in all (default: each sample once)', wholeNumber(1, 999_999))
	.option('--same', 'post them as they are, so that a second time they are duplicates')
	.option('--file <file...>', 'these files, or samples by name (default: every sample)')
	.option('--list', 'show the names of the samples and post nothing')
	.addHelpText('after', '\nExit codes: 0 done, 1 one was not accepted or something failed, 2 wrong usage.')
	.exitOverride(endByParser)
	.showHelpAfterError('(--help shows the options)')
	.parse();

const options = command.opts<{ url?: string; readyFile?: string; count?: number; same?: boolean; file?: string[]; list?: boolean }>();

async function run(): Promise<boolean> {
	if (options.list) {
		for (const name of sampleNames()) console.log(name);
		return true;
	}
	const samples = (options.file ?? sampleNames()).map(readSample);
	const environment = options.readyFile ? {} : process.env; // the start that is named is meant
	const secret = { option: '--url', given: options.url, variable: 'LEAD_URL' };
	const given = await readSecret(secret, { environment, stdin: process.stdin, note: console.error });
	if (given !== undefined && !isWebAddress(given)) throw new UsageError('An http or https address is expected in --url or LEAD_URL.');
	const url = given ?? findIntake({ readyFile: options.readyFile });
	if (given !== undefined) console.error(`Posting to ${new URL(url).origin}`);
	const chosen = chooseSamples(samples, {
		...(options.count && { count: options.count }),
		...(!options.same && { run: randomUUID().slice(0, 8) }),
	});
	return postLeads(url, chosen, { fetch, print: console.log, timeoutMs: 60_000 });
}

try {
	if (!(await run())) process.exitCode = 1;
} catch (error) {
	const isUsage = error instanceof UsageError || error instanceof StartFailure;
	console.error((error as Error).message);
	process.exitCode = isUsage ? 2 : 1;
}
