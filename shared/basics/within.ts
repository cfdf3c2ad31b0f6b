/** Runs until it is done or `signal` aborts, whichever is first: not everything that a client library waits for heeds a signal. */
export async function within<Result>(signal: AbortSignal, run: () => Promise<Result>): Promise<Result> {
	signal.throwIfAborted();
	let stop: (() => void) | undefined;
	const aborted = new Promise<never>((_, reject) => {
		stop = () => reject(signal.reason);
		signal.addEventListener('abort', stop, { once: true });
	});
	try {
		return await Promise.race([run(), aborted]);
	} finally {
		if (stop) signal.removeEventListener('abort', stop);
	}
}
