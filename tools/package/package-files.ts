import { readFileSync } from 'node:fs';
import { bundleProduct } from '../product-bundle.js';
import { bundledPackages } from './bundled-packages.ts';
import { thirdPartyNotices } from './third-party-notices.ts';

/**
 * The files that are deployed, by path inside the package: the product, what the host reads, and the notices. The layout is that of the repository's root, so
 * that one `.funcignore` serves both.
 *
 * @throws when a bundled package has a licence that is not on the list.
 */
export async function packageFiles(): Promise<Map<string, Uint8Array>> {
	const { files, metafile } = await bundleProduct();
	const { name, version, license, main } = JSON.parse(readFileSync('package.json', 'utf8'));
	const text = (content: string) => Buffer.from(content, 'utf8');
	return new Map<string, Uint8Array>([
		['dist/THIRD-PARTY-NOTICES.txt', text(thirdPartyNotices(bundledPackages(metafile)))],
		...files,
		['host.json', text(readFileSync('host.json', 'utf8'))],
		['package.json', text(`${JSON.stringify({ name, version, license, private: true, main }, undefined, '\t')}\n`)],
	]);
}
