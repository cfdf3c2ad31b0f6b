/** What an attempt returns when someone else changed what it had read: nothing was written. */
export const lost = Symbol('lost');

/**
 * Optimistic concurrency: read, change, write if it is still what was read, and all of that again when it is not.
 *
 * @param what names what is changed, for the error
 * @param most attempts; each is lost only to someone who won it
 * @param attempt reads and writes; its number counts from 1. What it throws is not repeated.
 * @throws {Error} when every attempt was lost
 */
export async function whileLost<Result>(
	what: string,
	most: number,
	attempt: (number: number) => Promise<Result | typeof lost>,
): Promise<Result> {
	for (let number = 1; number <= most; number++) {
		const result = await attempt(number);
		if (result !== lost) return result;
	}
	throw new Error(`${what} kept changing concurrently; gave up after ${most} attempts`);
}
