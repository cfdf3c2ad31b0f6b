import { type Attempt, type Delivery, enter, rememberedAttempts } from './delivery.ts';
import type { Outcome } from './outcome.ts';
import { nextDue, type RetrySettings, slowFactor } from './retry-schedule.ts';

/** Behind an attempt's deadline, for its outcome to be written, and for clocks that differ; more than `bellToleranceMs`. */
export const claimMarginMs = 10_000;

/** A bell may ring this much before its delivery is due: clocks differ, and queues count in whole seconds. */
export const bellToleranceMs = 5_000;

export const isDue = ({ state, due }: Delivery, now: number): boolean => state === 'pending' && due <= now + bellToleranceMs;

/** The delivery as it stands while its next attempt is under way. */
export function beginAttempt(delivery: Delivery, attempt: { claimId: string; now: number; timeoutMs: number }): Delivery {
	const { claimId, now, timeoutMs } = attempt;
	return {
		...forgetClaim(delivery),
		due: now + timeoutMs + claimMarginMs,
		attempts: delivery.attempts + 1,
		spent: delivery.spent + 1,
		windowStart: delivery.windowStart ?? now,
		claim: { id: claimId, at: now },
		recent: delivery.claim ? rememberAttempt(delivery, { outcome: 'unknown', maybeDone: true }) : delivery.recent,
	};
}

/** Without the claim, whose attempt has ended, and without what only a parked delivery has. */
export function forgetClaim({ claim, reason, remedy, ...delivery }: Delivery): Delivery {
	return delivery;
}

/** The latest attempts with how the one under way ended. */
function rememberAttempt(delivery: Delivery, ended: Omit<Attempt, 'number' | 'at'>): Attempt[] {
	const attempt: Attempt = { number: delivery.attempts, at: delivery.claim?.at ?? delivery.due, ...ended };
	return [...delivery.recent, attempt].slice(-rememberedAttempts);
}

export interface AttemptEnd {
	/** Milliseconds since the epoch. */
	now: number;
	tookMs: number;
	/** From 0 to 1. */
	random: () => number;
	/** The destination cools down until then, because of this attempt (the lead is the one that will probe it) or since before it ended. */
	cooldownUntil?: number | undefined;
}

/** The delivery after an attempt: delivered, due again, or parked with the reason and what to do about it. */
export function endAttempt(delivery: Delivery, outcome: Outcome, end: AttemptEnd, settings: RetrySettings): Delivery {
	const { now, tookMs, random, cooldownUntil } = end;
	const ended: Delivery = {
		...moveWindow(forgetClaim(delivery), outcome, now),
		recent: rememberAttempt(delivery, { outcome: outcome.kind, tookMs, ...failureOf(outcome) }),
	};
	switch (outcome.kind) {
		case 'delivered':
			return { ...ended, ...enter('delivered', now), proof: outcome.proof };
		case 'configuration':
			// The cooldown keeps it back, and whatever ends the cooldown finds it due. Without a cooldown, what a cooldown would be at most.
			return {
				...unspent(ended),
				remedy: outcome.remedy,
				due: cooldownUntil === undefined ? now + Math.max(settings.retryFirstMs * slowFactor, outcome.retryAfterMs ?? 0) : now,
			};
		case 'permanent':
			return { ...ended, ...enter('parked', now), reason: `${outcome.code}: ${shorten(outcome.reason)}`, remedy: outcome.remedy };
		case 'transient': {
			const { retryAfterMs, maybeDone } = outcome;
			const due = nextDue(settings, { now, spent: ended.spent, windowStart: ended.windowStart ?? now, retryAfterMs, maybeDone }, random);
			if (due === undefined) return park(ended, now, `${outcome.code}: ${shorten(outcome.reason)}`);
			return { ...ended, due: cooldownUntil === undefined ? due : maybeDone ? Math.max(due, cooldownUntil) : cooldownUntil };
		}
	}
}

/** A reason quotes foreign text: long enough to understand, short enough for twenty of them. */
const shorten = (reason: string) => reason.slice(0, 500).toWellFormed();

function failureOf(outcome: Outcome): Pick<Attempt, 'code' | 'reason' | 'maybeDone'> {
	if (outcome.kind === 'delivered') return {};
	const maybeDone = outcome.kind === 'transient' && outcome.maybeDone;
	return { code: outcome.code, reason: shorten(outcome.reason), ...(maybeDone && { maybeDone }) };
}

/** The window stands still around a configuration failure: from the answer before it to the answer after it. */
function moveWindow(delivery: Delivery, outcome: Outcome, now: number): Delivery {
	const before = delivery.recent.findLast((attempt) => attempt.outcome !== 'unknown');
	const { windowStart } = delivery;
	if (!before || windowStart === undefined || ![outcome.kind, before.outcome].includes('configuration')) return delivery;
	const stoodSince = Math.max(windowStart, before.at + (before.tookMs ?? 0));
	return { ...delivery, windowStart: windowStart + Math.max(0, now - stoodSince) };
}

/** A configuration failure counts against no window: when it was the first attempt, the window has not begun. */
function unspent(ended: Delivery): Delivery {
	const { windowStart, ...rest } = ended;
	return ended.spent <= 1 ? { ...rest, spent: 0 } : { ...ended, spent: ended.spent - 1 };
}

function park(ended: Delivery, now: number, reason: string): Delivery {
	const maybeDone = ended.recent.some((attempt) => attempt.maybeDone);
	return {
		...ended,
		...enter('parked', now),
		reason: `${maybeDone ? 'may have been sent; ' : ''}the retry window is over; the last attempt failed with ${reason}`,
		remedy: maybeDone
			? 'Look for the lead reference at the destination; close the delivery if it is there, otherwise replay it.'
			: 'Replay it when the destination works again.',
	};
}

/** After this many crashes, assume that the delivery causes them: more attempts would end other deliveries too. */
const mostDeaths = 10;

/** The code of an attempt that ended without an outcome. */
export const unanswered = 'unanswered';

/**
 * The delivery, parked, when its last ten attempts, all since its first or its latest replay, ended without an outcome; undefined otherwise. To be asked
 * when it is due: a claim that it still has is an attempt whose worker is gone.
 */
export function parkUnanswered(delivery: Delivery, now: number): Delivery | undefined {
	const { recent, claim, spent } = delivery;
	const answered = recent.findLastIndex(({ outcome, code }) => outcome !== 'unknown' && code !== unanswered);
	const deaths = recent.length - 1 - answered + (claim ? 1 : 0);
	if (Math.min(deaths, spent) < mostDeaths) return undefined;
	return {
		...forgetClaim(delivery),
		recent: claim ? rememberAttempt(delivery, { outcome: 'unknown', code: unanswered, maybeDone: true }) : recent,
		...enter('parked', now),
		reason: `may have been delivered; the worker ended ${mostDeaths} times in a row before the attempt had an outcome`,
		remedy:
			'Look for the lead reference at the destination; close the delivery if it is there. Otherwise find out from the log why the worker ended, then replay it.',
	};
}
