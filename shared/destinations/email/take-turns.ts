import { within } from '../../basics/time.ts';

/** Runs one after the other; waiting ends with the signal. */
export type TakeTurns = <Result>(run: () => Promise<Result>, signal: AbortSignal) => Promise<Result>;

/**
 * One at a time: Graph allows four requests at once for a mailbox, whatever the number of instances, and a mailbox sends some thirty mails a minute anyway.
 * More at once only earns refusals. Throws the signal's reason when the turn did not come in time: then nothing was run.
 */
export function takeTurns(): TakeTurns {
	let last: Promise<void> = Promise.resolve();
	return async (run, signal) => {
		const before = last;
		let end: () => void = () => undefined;
		const mine = new Promise<void>((resolve) => {
			end = resolve;
		});
		last = before.then(() => mine);
		try {
			await within(signal, () => before);
			return await run();
		} finally {
			end();
		}
	};
}
