import { readFileSync } from 'node:fs';
import type { BundledPackage } from './bundled-packages.ts';

/** Licences under which code may be in what we hand on: they ask for their notice, and for nothing of ours. */
export const allowedLicences = ['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT-0'];

/** Copies for packages that ship no licence text. */
const keptTexts: Record<string, string> = { '@nodable/entities': 'tools/package/licences/nodable-entities.txt' };

/** The notices of what is in the bundle. Throws and names every package whose licence is not allowed or has no text. */
export function thirdPartyNotices(packages: BundledPackage[]): string {
	const sections = packages.map(({ text, ...rest }) => ({ ...rest, text: text || keptText(rest.name) }));
	const wrong = sections.flatMap(({ name, version, license, text }) => [
		...(isAllowed(license) ? [] : [`${name} ${version}: licence "${license}" is not on the list (tools/package/third-party-notices.ts)`]),
		...(text ? [] : [`${name} ${version}: ships no licence text; keep a copy in tools/package/licences/`]),
	]);
	if (wrong.length > 0) throw new Error(wrong.join('\n'));
	const head = 'Marketplace Lead Intake contains code of these packages.\n';
	return [
		head,
		...sections.map(({ name, version, license, text }) => `${'-'.repeat(80)}\n${name} ${version} (${license})\n\n${text}\n`),
	].join('\n');
}

/** Of an expression such as `(MIT OR GPL-2.0)` one licence is enough; of `A AND B` both are needed. */
const isAllowed = (license: string): boolean =>
	license
		.replace(/[()]/g, '')
		.split(' OR ')
		.some((choice) => choice.split(' AND ').every((name) => allowedLicences.includes(name)));

function keptText(name: string): string {
	const path = keptTexts[name];
	return path ? readFileSync(path, 'utf8').trim() : '';
}
