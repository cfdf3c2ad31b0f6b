/**
 * Builds everything into `dist/`: the product, minified, as CommonJS; the sandbox and the tools as they run from here; the sandbox's pages.
 * `--schemas` stops after the schemas' validators; `--quiet` prints nothing when all is well.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { compileSchemas } from './compile-schemas.js';
import { productBundle, writeProduct } from './product-bundle.js';

const options = new Set(process.argv.slice(2));
const unknown = [...options].filter((option) => option !== '--schemas' && option !== '--quiet');
if (unknown.length > 0) {
	console.error(
		`${unknown.join(' ')}: not an option of the build. Options: --schemas (only the validators of the schemas), --quiet (say nothing when all is well).`,
	);
	process.exit(2);
}

/** @param {string} folder @param {string} ending */
const filesIn = (folder, ending) =>
	readdirSync(folder, { recursive: true })
		.map(String)
		.filter((name) => name.endsWith(ending))
		.map((name) => join(folder, name));

const developmentEntries = [
	'sandbox/start.ts',
	'sandbox/storage/azurite-process.ts',
	...readdirSync('tools')
		.filter((name) => name.endsWith('.ts'))
		.map((name) => join('tools', name)),
];

/** @type {import('esbuild').BuildOptions} */
const development = {
	outdir: 'dist',
	outbase: '.',
	outExtension: { '.js': '.mjs' },
	bundle: true,
	platform: 'node',
	target: 'node20.10', // the first with import attributes
	format: 'esm',
	// The schemas' validators, and some packages, are CommonJS and ask for a package by require().
	banner: { js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);" },
	sourcemap: 'inline',
	logLevel: 'warning',
};

compileSchemas('shared');
if (!options.has('--schemas')) {
	await Promise.all([
		writeProduct(),
		build({ ...development, entryPoints: developmentEntries, packages: 'external' }),
		// Started again and again: with its packages in it, it is there in half the time.
		build({
			...development,
			entryPoints: ['sandbox/runner/worker.ts'],
			minify: true,
			sourcemap: 'linked',
			alias: { ...productBundle.alias },
		}),
		build({
			entryPoints: filesIn('sandbox', '.page.tsx'),
			outdir: 'dist',
			outbase: '.',
			bundle: true,
			platform: 'browser',
			target: 'es2022',
			format: 'esm',
			minify: true,
			jsx: 'automatic',
			jsxImportSource: 'preact',
			logLevel: 'warning',
		}),
	]);
	if (!options.has('--quiet')) console.log('built dist/');
}
