import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

export interface BundledPackage {
	name: string;
	version: string;
	/** SPDX expression, as the package states it. */
	license: string;
	/** Text of its licence and notice files; empty when it ships none. */
	text: string;
}

/** The packages of which code is in the bundle, by name. */
export function bundledPackages({ outputs }: Metafile): BundledPackage[] {
	const folders = new Set<string>();
	for (const { inputs } of Object.values(outputs))
		for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
			const folder = /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0];
			if (folder && bytesInOutput > 0) folders.add(folder);
		}
	return [...folders].map(readPackage).sort((one, other) => (one.name < other.name ? -1 : 1));
}

function readPackage(folder: string): BundledPackage {
	const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	const texts = readdirSync(folder)
		.filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
		.sort()
		.map((file) => readFileSync(join(folder, file), 'utf8').replace(/\r\n?/g, '\n').trim());
	return { name, version, license: typeof license === 'string' ? license : '', text: texts.join('\n\n') };
}
