import { forgetClaim, remember } from './begin-attempt.ts';
import { type Delivery, enter } from './delivery.ts';

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
		recent: claim ? remember(delivery, { outcome: 'unknown', code: unanswered, maybeDone: true }) : recent,
		...enter('parked', now),
		reason: `may have been delivered; the worker ended ${mostDeaths} times in a row before the attempt had an outcome`,
		remedy:
			'Look for the lead reference at the destination; close the delivery if it is there. Otherwise find out from the log why the worker ended, then replay it.',
	};
}
