/** `npm run generate`: writes what is made from the catalogue of settings; `--check` only compares, as the tests do. */
import { readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { endByParser } from '../sandbox/start/read-option.ts';
import { generatedFiles } from './generate/generated-files.ts';

const { check = false } = new Command('npm run generate --')
	.description('Writes what is made from the schemas of the settings: tables in the docs, infra/modules/settings.bicep.')
	.option('--check', 'only compare; exit code 1 when something is out of date')
	.exitOverride(endByParser)
	.parse()
	.opts<{ check?: boolean }>();
const stale = generatedFiles((path) => readFileSync(path, 'utf8')).filter(({ now, path }) => now !== readFileSync(path, 'utf8'));
for (const { path, now } of stale) {
	if (!check) writeFileSync(path, now);
	console.log(`${check ? 'stale' : 'written'}: ${path}`);
}
if (check && stale.length > 0) {
	console.log('Run: npm run generate');
	process.exitCode = 1;
}
