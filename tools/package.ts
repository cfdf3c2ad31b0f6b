/** `npm run package`: what is deployed, as a folder (`dist/app`) and as a zip (`dist/app.zip`) that is the same byte for byte wherever it is made. */
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { endByParser } from '../sandbox/start/read-option.ts';
import { packageFiles } from './package/package-files.ts';
import { toZip } from './package/to-zip.ts';

new Command('npm run package --')
	.description('Makes what is deployed: the folder dist/app, and dist/app.zip. Lists the files with their sizes, and the hash of the zip.')
	.exitOverride(endByParser)
	.parse();

/** Far above what the product needs; a dependency that should not be in the bundle ends here. */
const mostBytes = 1_500_000;

const files = await packageFiles();
// What earlier builds left below dist/main is not to be published.
for (const folder of ['dist/app', 'dist/main']) rmSync(folder, { recursive: true, force: true });
for (const [path, bytes] of files) {
	mkdirSync(dirname(join('dist/app', path)), { recursive: true });
	writeFileSync(join('dist/app', path), bytes);
	// `func azure functionapp publish` from the root takes these from dist/; package.json and host.json are there already.
	if (!path.startsWith('dist/')) continue;
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, bytes);
}
const zip = toZip(files);
writeFileSync('dist/app.zip', zip);
for (const [path, bytes] of files) console.log(`${String(bytes.length).padStart(9)}  ${path}`);
console.log(`${String(zip.length).padStart(9)}  dist/app.zip  sha256 ${createHash('sha256').update(zip).digest('hex')}`);
if (zip.length > mostBytes) {
	console.error(`dist/app.zip is larger than ${mostBytes} bytes`);
	process.exitCode = 1;
}
