import { type Attempt, type Delivery, rememberedAttempts } from './delivery.ts';

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
		recent: delivery.claim ? remember(delivery, { outcome: 'unknown', maybeDone: true }) : delivery.recent,
	};
}

/** Without the claim, whose attempt has ended, and without what only a parked delivery has. */
export function forgetClaim({ claim, reason, remedy, ...delivery }: Delivery): Delivery {
	return delivery;
}

/** The latest attempts with how the one under way ended. */
export function remember(delivery: Delivery, ended: Omit<Attempt, 'number' | 'at'>): Attempt[] {
	const attempt: Attempt = { number: delivery.attempts, at: delivery.claim?.at ?? delivery.due, ...ended };
	return [...delivery.recent, attempt].slice(-rememberedAttempts);
}
