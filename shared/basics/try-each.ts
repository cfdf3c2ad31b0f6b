/** So many failures one after the other are no longer the items' fault. */
const mostFailures = 3;

/**
 * Runs for one item after the other; one that fails holds up none behind it.
 *
 * @param over when it aborts, what is left is left
 * @throws what the first failure threw, at the end, or after three failures in a row: then whatever all of them need is probably not there
 */
export async function tryEach<Item>(items: Iterable<Item>, run: (item: Item) => Promise<void>, over?: AbortSignal): Promise<void> {
	let failed: { error: unknown } | undefined;
	let failures = 0;
	for (const item of items) {
		if (over?.aborted) break;
		try {
			await run(item);
			failures = 0;
		} catch (error) {
			failed ??= { error };
			if (++failures >= mostFailures) break;
		}
	}
	if (failed) throw failed.error;
}
