import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A payload to post, and what to call it. */
export interface Sample {
	name: string;
	body: Uint8Array<ArrayBuffer>;
}

const folder = 'samples';

/** An everyday lead. */
const usual = 'published-2020';

/** The names of the samples that come with the repository: the oddities first, so that the latest mail and record are those of an everyday lead. */
export function sampleNames(): string[] {
	const names = readdirSync(folder)
		.filter((file) => file.endsWith('.json'))
		.map((file) => basename(file, '.json'))
		.sort();
	return [...names.filter((name) => name !== usual), usual];
}

/** A file, or one of our samples by its name. Throws when neither exists. */
export function readSample(nameOrPath: string): Sample {
	const path = existsSync(nameOrPath) ? nameOrPath : join(folder, `${nameOrPath}.json`);
	if (!existsSync(path))
		throw new Error(`There is no file ${nameOrPath}, and no sample of that name. To see the samples: npm run post -- --list`);
	if (statSync(path).isDirectory()) throw new Error(`${nameOrPath} is a folder: name a file in it.`);
	return { name: basename(path, '.json'), body: new Uint8Array(readFileSync(path)) };
}
