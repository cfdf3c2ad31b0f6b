import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build, transform } from 'esbuild';

/**
 * How the product is bundled: what is loaded at the start apart from what is loaded later, because Node.js reads and parses a file as a whole. The worker
 * supplies `@azure/functions-core`; jsonc-parser's main is a UMD module, whose require() calls a bundle cannot follow.
 *
 * @type {import('esbuild').BuildOptions & { write: false, metafile: true }}
 */
export const productBundle = {
	entryPoints: ['main.ts'],
	outdir: 'dist',
	chunkNames: 'main/[name]-[hash]',
	outExtension: { '.js': '.cjs' },
	bundle: true,
	platform: 'node',
	target: 'node22',
	format: 'esm',
	splitting: true,
	minify: true,
	legalComments: 'none',
	external: ['@azure/functions-core'],
	alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
	logLevel: 'warning',
	write: false,
	metafile: true,
};

/**
 * The product's files, by path: CommonJS, because inside an ES module the require() calls of Azure's packages fail. esbuild splits ES modules only, so each file is
 * made CommonJS afterwards.
 */
export async function bundleProduct() {
	const { outputFiles, metafile } = await build(productBundle);
	/** @type {Map<string, string>} */
	const texts = new Map();
	for (const { path, text } of outputFiles) {
		const { code } = await transform(text, {
			format: 'cjs',
			platform: 'node',
			target: productBundle.target ?? '',
			minify: true,
			legalComments: 'none',
			supported: { 'dynamic-import': false },
		});
		texts.set(relative('.', path).replaceAll('\\', '/'), code);
	}
	return { files: nameByContent(texts), metafile };
}

/** esbuild's names differ from folder to folder; these only from build to build, so that an app that runs never loads a file of another build. */
function nameByContent(/** @type {Map<string, string>} */ texts) {
	const names = [...texts.keys()].flatMap((path) => {
		const { name = '', plain = '' } = /\/main\/(?<name>(?<plain>.+)-\w+)\.cjs$/.exec(path)?.groups ?? {};
		return name ? [{ name, plain }] : [];
	});
	const rename = (/** @type {string} */ text, /** @type {(name: string, plain: string) => string} */ to) =>
		names.reduce((renamed, { name, plain }) => renamed.replaceAll(`${name}.cjs`, `${to(name, plain)}.cjs`), text);
	const plainTexts = new Map([...texts].map(([path, text]) => [path, rename(text, (_, plain) => plain)]));
	const inOrder = [...texts.keys()].sort((one, other) => ((plainTexts.get(one) ?? '') < (plainTexts.get(other) ?? '') ? -1 : 1));
	const all = createHash('sha256');
	for (const path of inOrder) all.update(plainTexts.get(path) ?? '');
	const id = all.digest('hex').slice(0, 8);
	const place = (/** @type {string} */ name) => inOrder.findIndex((path) => path.endsWith(`/${name}.cjs`));
	const toOurs = (/** @type {string} */ text) => rename(text, (name, plain) => `${plain}-${id}-${place(name)}`);
	return new Map([...texts].map(([path, text]) => [toOurs(path), Buffer.from(toOurs(text))]));
}

const dayMs = 86_400_000;

/** Writes the product's files. What an earlier build left stays for a day: an app that runs here may load it yet. */
export async function writeProduct() {
	const { files } = await bundleProduct();
	for (const [path, bytes] of files) {
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, bytes);
	}
	for (const name of readdirSync('dist/main')) {
		const path = join('dist/main', name);
		if (statSync(path).mtimeMs < Date.now() - dayMs) rmSync(path);
	}
}
