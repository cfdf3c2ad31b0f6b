import type { Clock } from '../shared/basics/time.ts';

interface PatienceDeps {
	clock: Clock;
	/** An AbortSignal that aborts after so many milliseconds. */
	deadline: (ms: number) => AbortSignal;
}

/** A request body, as far as it is taken. */
export interface Body {
	bytes: Uint8Array;
	/** There was more. */
	truncated: boolean;
	/** The rest of it did not come in time. */
	late: boolean;
}

/** 32 KiB: a lead is 1 to 2 KiB; this much fits a row of the journal and a message of the spill. */
export const mostBytes = 32 * 1024;

/** So much is read on and forgotten: unread, it would block the connection on which the host hands the next lead to the worker. */
const mostForgotten = 16 * 1024 * 1024;

/** How long a sender may be silent, and how long the whole body may take; milliseconds. A few slow senders would hold an instance. */
const limits = { silenceMs: 10_000, wholeMs: 30_000 };

/**
 * Keeps at most 32 KiB; of a body that breaks off, or stops coming, what came. One that is given up is not cancelled: that would close the connection on which
 * the answer goes.
 */
export async function readBody(stream: AsyncIterable<Uint8Array> | null, deps: PatienceDeps): Promise<Body> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	let late = false;
	const iterator = stream?.[Symbol.asyncIterator]();
	const patience = startPatience(deps);
	try {
		while (iterator && length <= mostForgotten) {
			const next = await patience.waitFor(() => iterator.next());
			late = next === undefined;
			if (!next || next.done) break;
			if (length <= mostBytes) chunks.push(next.value);
			length += next.value.length;
		}
	} catch {
		// The sender is gone; what arrived is still read (and then rejected).
	} finally {
		patience.end();
	}
	const bytes = Buffer.concat(chunks);
	return { bytes: bytes.subarray(0, mostBytes), truncated: length > mostBytes, late };
}

/** Waits for one thing after the other; it gives `undefined` instead of one that takes too long, and when all of them together do. */
function startPatience({ clock, deadline }: PatienceDeps) {
	const { silenceMs, wholeMs } = limits;
	let heardAt: number | undefined;
	let isOver = false;
	let giveUp: () => void = () => undefined;
	const end = () => {
		isOver = true;
		giveUp();
	};
	/** One signal serves for all that is heard in its time: a body may come byte by byte. */
	const listen = (ms: number) => {
		heardAt = undefined;
		forgetSilence = whenAborted(deadline(ms), () => {
			if (heardAt === undefined) end();
			else listen(Math.min(silenceMs, Math.max(1, heardAt + silenceMs - clock())));
		});
	};
	let forgetSilence = () => {};
	listen(silenceMs);
	const forgetWhole = whenAborted(deadline(wholeMs), end);
	return {
		/** Nothing is waited for any more: what was read is not kept until the deadlines are over. */
		end: () => {
			forgetSilence();
			forgetWhole();
		},
		waitFor: async <Result>(next: () => Promise<Result>): Promise<Result | undefined> => {
			const result = await new Promise<Result | undefined>((resolve, reject) => {
				giveUp = () => resolve(undefined);
				if (isOver) giveUp();
				else next().then(resolve, reject);
			});
			heardAt = clock();
			return result;
		},
	};
}

/** Gives what forgets it. */
function whenAborted(signal: AbortSignal, then: () => void): () => void {
	if (signal.aborted) then();
	else signal.addEventListener('abort', then, { once: true });
	return () => signal.removeEventListener('abort', then);
}
