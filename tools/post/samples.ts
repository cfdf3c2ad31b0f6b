import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileFailure } from '../../sandbox/start/file-failure.ts';
import { didYouMean } from '../../shared/basics/did-you-mean.ts';
import { UsageError } from '../leads/usage-error.ts';

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

/** A file, or one of our samples by its name. Throws a `UsageError` when neither exists, or the file cannot be read. */
export function readSample(nameOrPath: string): Sample {
	const path = existsSync(nameOrPath) ? nameOrPath : join(folder, `${nameOrPath}.json`);
	if (!existsSync(path)) {
		const meant = didYouMean(nameOrPath, sampleNames());
		const next = meant ? `Did you mean ${meant}?` : 'To see the samples: npm run post -- --list';
		throw new UsageError(`There is no file ${nameOrPath}, and no sample of that name. ${next}`);
	}
	try {
		return { name: basename(path, '.json'), body: new Uint8Array(readFileSync(path)) };
	} catch (error) {
		const why = fileFailure(error, nameOrPath, 'read');
		throw why ? new UsageError(why) : error;
	}
}
