import { distance } from 'fastest-levenshtein';

/** The known name that a mistyped one was probably meant to be; undefined when none is near. */
export function didYouMean(typed: string, known: readonly string[]): string | undefined {
	const wanted = typed.slice(0, 60).toLowerCase();
	let nearest: string | undefined;
	// So near that most of the word is right.
	let least = Math.min(Math.max(2, wanted.length / 3), wanted.length - 1) + 1;
	for (const name of known) {
		const steps = distance(wanted, name.toLowerCase());
		if (steps < least) [nearest, least] = [name, steps];
	}
	return nearest;
}
