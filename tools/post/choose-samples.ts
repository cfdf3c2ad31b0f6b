import { markUnique } from './mark-unique.ts';
import type { Sample } from './samples.ts';

export interface Choice {
	/** How many in all, round and round; each once when absent. */
	count?: number;
	/** Makes each unlike any other lead; absent to post them as they are. */
	run?: string;
}

/** What is posted: the samples in their order, as often as asked. */
export function* chooseSamples(samples: Sample[], { count = samples.length, run }: Choice): Generator<Sample> {
	for (let index = 0; index < count; index++) {
		const sample = samples[index % samples.length];
		if (!sample) return;
		yield run === undefined ? sample : { ...sample, body: markUnique(sample.body, `${run} #${index + 1}`) };
	}
}
