/** Runs one thing when a hand is free for it; false when `patience` was over before: then nothing was run. Throws what it throws. */
export type TakeInHand = (run: () => Promise<void>, patience: AbortSignal) => Promise<boolean>;

/** At most so many at once, in the order in which they came, whoever asks. */
export function openHands(most: number): TakeInHand {
	let busy = 0;
	/** Called when a hand is theirs. */
	let waiting: (() => void)[] = [];

	const wait = (patience: AbortSignal): Promise<boolean> =>
		new Promise((resolve) => {
			const leave = () => {
				waiting = waiting.filter((other) => other !== take);
				resolve(false);
			};
			const take = () => {
				patience.removeEventListener('abort', leave);
				resolve(true);
			};
			patience.addEventListener('abort', leave);
			waiting.push(take);
		});

	return async (run, patience) => {
		if (patience.aborted) return false;
		if (busy >= most) {
			if (!(await wait(patience))) return false;
		} else busy++;
		try {
			await run();
			return true;
		} finally {
			const next = waiting.shift();
			if (next) next();
			else busy--;
		}
	};
}
