/** For one page, first storage and then us; milliseconds. What a page takes besides is about a third of it. */
const lookMs = 100;

/** Tells whether another read like the longest one so far would end too late: a page is shown soon, with what was found until then. */
export function lookFor(clock: () => number, ms = lookMs): () => boolean {
	const begun = clock();
	let last = begun;
	let longest = 0;
	return () => {
		const now = clock();
		longest = Math.max(longest, now - last);
		last = now;
		return now - begun + longest > ms;
	};
}
