/** Time that passes only when nothing is left to do at the moment: days in seconds, and the same each time. */
export interface SimulatedTime {
	now: () => number;
	sleep: (ms: number) => Promise<void>;
	/** As `AbortSignal.timeout`. */
	deadline: (ms: number) => AbortSignal;
	/** Time stands still until this is done: it leaves the process, so nobody can see that it is under way. */
	outside: <Result>(run: () => Promise<Result>) => Promise<Result>;
	/** Whoever was waited for outside waits himself meanwhile, for time to pass. */
	sleepOutside: (ms: number) => Promise<void>;
	pass: (ms: number) => Promise<void>;
	/** Lets time pass until something holds. */
	passUntil: (holds: () => boolean) => Promise<void>;
}

interface Timer {
	at: number;
	ring: () => void;
}

export function createSimulatedTime(begun: number): SimulatedTime {
	let now = begun;
	let outside = 0;
	const timers: Timer[] = [];

	/** In order of time, and for the same time in the order they came. */
	function set(ms: number, ring: () => void): void {
		const at = now + Math.max(0, ms);
		let place = timers.length;
		while (place > 0 && (timers[place - 1]?.at ?? 0) > at) place--;
		timers.splice(place, 0, { at, ring });
	}

	async function settle(): Promise<void> {
		do await new Promise(setImmediate);
		while (outside > 0);
	}

	async function passUntil(holds: () => boolean): Promise<void> {
		for (;;) {
			await settle();
			if (holds()) return;
			const next = timers.shift();
			if (!next) throw new Error('nothing will happen any more');
			now = next.at;
			next.ring();
		}
	}

	const sleep = (ms: number) => new Promise<void>((resolve) => set(ms, resolve));
	return {
		now: () => now,
		sleep,
		deadline(ms) {
			const controller = new AbortController();
			set(ms, () => controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')));
			return controller.signal;
		},
		async outside(run) {
			outside++;
			try {
				return await run();
			} finally {
				outside--;
			}
		},
		async sleepOutside(ms) {
			outside--;
			await sleep(ms);
			outside++;
		},
		async pass(ms) {
			let passed = false;
			set(ms, () => {
				passed = true;
			});
			await passUntil(() => passed);
		},
		passUntil,
	};
}
