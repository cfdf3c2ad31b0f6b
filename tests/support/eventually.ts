import { setTimeout } from 'node:timers/promises';

type Something<Result> = Exclude<Result, false | 0 | '' | null | undefined>;

/** Asks again and again until something is there (or an assertion holds); after `withinMs` the last answer counts. */
export async function eventually<Result>(ask: () => Result | Promise<Result>, withinMs = 60_000): Promise<Something<Result>> {
	const end = Date.now() + withinMs;
	for (;;) {
		const last = Date.now() >= end;
		try {
			const result = await ask();
			if (result) return result as Something<Result>;
			if (last) throw new Error(`not seen within ${withinMs} ms, but ${JSON.stringify(result)}`);
		} catch (error) {
			if (last) throw error;
		}
		await setTimeout(20);
	}
}
