import { setMaxListeners } from 'node:events';

/** A signal that aborts after so many milliseconds, with a `TimeoutError` as `AbortSignal.timeout` does. */
export type Deadline = (ms: number) => AbortSignal;

/** How late a signal may abort: a twentieth of its time, and never more than this. */
const latestMs = 100;

/**
 * Deadlines that are set for the same time share a signal and a timer: a lead sets about twenty, an `AbortSignal.timeout` costs ten times as much as what it
 * guards, and nearly none ever aborts. A signal never aborts before its time, and at most a twentieth of it later. Its timers keep no process alive.
 *
 * @param now a clock that only goes forward; milliseconds
 */
export function createDeadlines(now: () => number = () => performance.now()): Deadline {
	const latest = new Map<number, { until: number; signal: AbortSignal }>();
	return (ms) => {
		const known = latest.get(ms);
		if (known && now() < known.until) return known.signal;
		const lateMs = Math.min(latestMs, ms / 20);
		const controller = new AbortController();
		const { signal } = controller;
		// As many as there are calls at this moment.
		setMaxListeners(0, signal);
		const abort = () => {
			if (latest.get(ms)?.signal === signal) latest.delete(ms);
			controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
		};
		setTimeout(abort, Math.ceil(ms + lateMs)).unref();
		latest.set(ms, { until: now() + lateMs, signal });
		return signal;
	};
}

/**
 * How long one call to storage may take, by who waits for it; milliseconds. (The intake has shorter ones of its own: LeadIntake/take-receipt.ts.)
 *
 * - `aside`: what a delivery can do without, beside its own work: the state of a cooldown, the lead that probes. Without an answer it goes on as if there were
 *   none.
 * - `step`: one row or one transaction, on which the rest of an invocation or of a click depends. Storage answers in milliseconds, and a partition that moves
 *   to another server takes seconds; what is given up is tried again.
 * - `list`: a page of up to 1,000 leads, perhaps with their payloads, or a person who waits at a terminal, and would have to begin again.
 */
export const storageTimeoutMs = { aside: 5000, step: 10_000, list: 30_000 } as const;
