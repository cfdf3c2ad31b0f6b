import type { Clock } from '../shared/basics/clock.ts';
import type { Health } from './health.ts';

/** For how long a report is good: whoever has the key cannot make the app call others more often. Milliseconds. */
const goodForMs = 30_000;

/** Looks at most once in a while; who asks at the same time waits for the same look. */
export function createHealth(look: () => Promise<Health>, clock: Clock): () => Promise<Health> {
	let looking: Promise<Health> | undefined;
	let goodUntil = Number.POSITIVE_INFINITY;
	return () => {
		if (looking && clock() < goodUntil) return looking;
		goodUntil = Number.POSITIVE_INFINITY;
		const begun = look().then((health) => {
			goodUntil = clock() + goodForMs;
			return health;
		});
		looking = begun;
		begun.catch(() => {
			if (looking === begun) looking = undefined;
		});
		return begun;
	};
}
