import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { productBundle } from '../product-bundle.js';
import { bundledPackages } from './bundled-packages.ts';
import { thirdPartyNotices } from './third-party-notices.ts';

/**
 * The files that are deployed, by path inside the package: the bundle, what the host reads, and the notices. The layout is that of the repository's root, so
 * that one `.funcignore` serves both.
 *
 * @throws when a bundled package has a licence that is not on the list.
 */
export async function packageFiles(): Promise<Map<string, Uint8Array>> {
	const { outputFiles, metafile } = await build({ ...productBundle, write: false, metafile: true });
	const bundle = outputFiles?.[0];
	if (!bundle || !metafile) throw new Error('esbuild made no bundle');
	const { name, version, license, main } = JSON.parse(readFileSync('package.json', 'utf8'));
	const text = (content: string) => Buffer.from(content, 'utf8');
	return new Map<string, Uint8Array>([
		['dist/THIRD-PARTY-NOTICES.txt', text(thirdPartyNotices(bundledPackages(metafile)))],
		['dist/main.cjs', bundle.contents],
		['host.json', text(readFileSync('host.json', 'utf8'))],
		['package.json', text(`${JSON.stringify({ name, version, license, private: true, main }, undefined, '\t')}\n`)],
	]);
}
