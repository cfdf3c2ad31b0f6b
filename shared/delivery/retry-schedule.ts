/** What the schedule depends on; all milliseconds. */
export interface RetrySettings {
	retryFirstMs: number;
	retryWindowMs: number;
}

/** Where a delivery stands after an attempt that failed. */
export interface RetryState {
	now: number;
	/** Attempts that count, this one included: 1 or more. */
	spent: number;
	windowStart: number;
	/** What the destination asked for. */
	retryAfterMs?: number | undefined;
	/** The attempt may have been done: a double is worse than a delay. */
	maybeDone?: boolean | undefined;
}

const longestStepMs = 6 * 3_600_000;
const leastAttempts = 5;
/** How much slower the schedule of an attempt that may have been done begins, and how long a cooldown gets at most, in first steps. */
export const slowFactor = 30;

/** The step after the n-th attempt that counts, before anything is drawn: the longest it can be. Milliseconds. */
export function longestStep({ retryFirstMs }: Pick<RetrySettings, 'retryFirstMs'>, spent: number, maybeDone = false): number {
	return Math.min(longestStepMs, retryFirstMs * (maybeDone ? slowFactor : 1) * 2 ** Math.min(spent - 1, 40));
}

/**
 * When to try again: exponential from the first step to 6 h, drawn between half a step and a whole one so that what failed together does not come
 * back together; later when the destination asks for it; `undefined` when the window is over and at least 5 attempts were made.
 *
 * @param random from 0 to 1
 */
export function nextDue(settings: RetrySettings, state: RetryState, random: () => number): number | undefined {
	const step = longestStep(settings, state.spent, state.maybeDone);
	const due = state.now + Math.max(Math.round(step / 2 + (step / 2) * random()), state.retryAfterMs ?? 0);
	return due > state.windowStart + settings.retryWindowMs && state.spent >= leastAttempts ? undefined : due;
}
