import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A payload to post, and what to call it. */
export interface Sample {
	name: string;
	body: Uint8Array<ArrayBuffer>;
}

const folder = 'samples';

/** The names of the samples that come with the repository. */
export function sampleNames(): string[] {
	return readdirSync(folder)
		.filter((file) => file.endsWith('.json'))
		.map((file) => basename(file, '.json'))
		.sort();
}

/** A file, or one of our samples by its name. Throws when neither exists. */
export function readSample(nameOrPath: string): Sample {
	const path = existsSync(nameOrPath) ? nameOrPath : join(folder, `${nameOrPath}.json`);
	if (!existsSync(path)) throw new Error(`There is no file ${nameOrPath}, and no sample of that name: --list shows them.`);
	return { name: basename(path, '.json'), body: new Uint8Array(readFileSync(path)) };
}
