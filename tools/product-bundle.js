/**
 * How the product is bundled: CommonJS, because inside an ES module bundle the Azure SDK's require() calls fail; the worker supplies
 * `@azure/functions-core`; jsonc-parser's main is a UMD module, whose require() calls a bundle cannot follow.
 *
 * @type {import('esbuild').BuildOptions}
 */
export const productBundle = {
	entryPoints: ['main.ts'],
	outfile: 'dist/main.cjs',
	bundle: true,
	platform: 'node',
	target: 'node22',
	format: 'cjs',
	minify: true,
	legalComments: 'none',
	external: ['@azure/functions-core'],
	alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
	logLevel: 'warning',
};
