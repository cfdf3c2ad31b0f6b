/** `npm run generate`: writes what is made from the catalogue of settings; `--check` only compares, as the tests do. */
import { readFileSync, writeFileSync } from 'node:fs';
import { generatedFiles } from './generate/generated-files.ts';

const check = process.argv.includes('--check');
const stale = generatedFiles((path) => readFileSync(path, 'utf8')).filter(({ now, path }) => now !== readFileSync(path, 'utf8'));
for (const { path, now } of stale) {
	if (!check) writeFileSync(path, now);
	console.log(`${check ? 'stale' : 'written'}: ${path}`);
}
if (check && stale.length > 0) {
	console.log('Run: npm run generate');
	process.exitCode = 1;
}
