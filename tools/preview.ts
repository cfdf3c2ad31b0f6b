/** `npm run preview -- payload.json`: what mail and record a payload gives; sends nothing. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Command } from 'commander';
import { fileFailure } from '../sandbox/start/file-failure.ts';
import { endByParser } from '../sandbox/start/read-option.ts';
import { StartFailure } from '../sandbox/start/start-failure.ts';
import { previewLead } from '../shared/operate/preview-lead.ts';
import { readSettings } from '../shared/settings/read-settings.ts';
import { getTokenFrom, openCredential } from '../shared/tokens/open-credential.ts';
import { findApp } from './doctor/find-app.ts';
import { printable } from './leads/printable.ts';
import { UsageError } from './leads/usage-error.ts';
import { readSample, sampleNames } from './post/samples.ts';
import { previewLines } from './preview/preview-lines.ts';

const command = new Command('npm run preview --')
	.description(
		'Shows which rule matches a payload, and the mail, the CRM request and the posts to webhooks that it would give. Nothing is sent.',
	)
	.argument('[payload]', 'a file, a sample by name, or - for standard input; without it the samples are listed')
	.option('--settings <file>', 'file with app settings, as local.settings.json; the environment overrides it', 'local.settings.json')
	.option('--live', "ask Dataverse for its columns and for the records that lookups name (as the app's identity, or as you: az login)")
	.option('--out <folder>', 'where the mail is written as an HTML file', join('.data', 'preview'))
	.addHelpText('after', '\nExit codes: 0 done, 1 the payload would be refused or something failed, 2 wrong usage.')
	.exitOverride(endByParser)
	.showHelpAfterError('(--help shows the options)')
	.parse();

const options = command.opts<{ settings: string; live?: boolean; out: string }>();

async function run(): Promise<boolean> {
	const [name] = command.processedArgs as [string?];
	if (command.getOptionValueSource('settings') === 'cli' && !existsSync(options.settings))
		throw new UsageError(`There is no file ${options.settings}.`);
	if (name === undefined) {
		console.log('Name a payload: a file, - for standard input, or one of these samples:\n');
		for (const sample of sampleNames()) console.log(`  ${sample}`);
		return true;
	}
	const { environment, where } = findApp({ settings: options.settings }, process.env);
	console.log(`${where}\n`);
	const settings = readSettings(environment);
	const payload = name === '-' ? new Uint8Array(await buffer(process.stdin)) : readSample(name).body;
	const notes = new Set<string>();
	const note = (text: string) => void notes.add(text);
	const live = options.live && { getToken: getTokenFrom(openCredential(settings.clientId)), fetch };
	const deps = { now: Date.now(), note, signal: AbortSignal.timeout(30_000), ...(live && { live }) };
	const preview = await previewLead(payload, settings, deps);
	if (!preview.ok) {
		console.log('The payload would be refused (400):');
		for (const { pointer, detail } of preview.issues) console.log(printable(`  ${pointer || '/'} ${detail}`));
		return false;
	}
	const pages = Object.entries(preview.sent).flatMap(([name, { page }]) =>
		page ? [[name, writePage(name, preview.reference, page)]] : [],
	);
	const lines = previewLines({ ...preview, warnings: [...notes, ...preview.warnings] }, Object.fromEntries(pages));
	for (const line of lines) console.log(printableLines(line));
	return true;
}

/** Keeps indents, which `printable` trims. */
const printableLines = (text: string) => text.replace(/[^\n]+/g, (line) => (/^\s*/.exec(line)?.[0] ?? '') + printable(line));

function writePage(destination: string, reference: string, html: string): string {
	const file = resolve(options.out, `${destination}-${reference}.html`);
	try {
		mkdirSync(options.out, { recursive: true });
		writeFileSync(file, html);
	} catch (error) {
		const why = fileFailure(error, options.out, 'written');
		throw why ? new UsageError(why) : error;
	}
	return file;
}

try {
	if (!(await run())) process.exitCode = 1;
} catch (error) {
	const isUsage = error instanceof UsageError || error instanceof StartFailure;
	console.error((error as Error).message);
	process.exitCode = isUsage ? 2 : 1;
}
