/** Milliseconds since the epoch, UTC. A parameter everywhere, so that tests own the time. */
export type Clock = () => number;

const pattern = /^P(?=[\dT])(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?=\d)(?:(\d{1,5})H)?(?:(\d{1,5})M)?(?:(\d{1,5})S)?)?$/;

/**
 * Milliseconds of an ISO 8601 duration; undefined for anything else, also for years and months, which have no fixed length. Our own nine lines: every
 * library tried reads something wrong as a duration (`-P1D`, `P`, `" P1D\n"`).
 */
export function durationMs(text: string): number | undefined {
	const match = pattern.exec(text);
	if (!match) return undefined;
	const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
	return ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

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
