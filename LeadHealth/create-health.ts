import { remember } from '../shared/basics/remember.ts';
import type { Clock } from '../shared/basics/time.ts';
import type { Health } from './health.ts';

/** For how long a report is good: whoever has the key cannot make the app call others more often. Milliseconds. */
const goodForMs = 30_000;

/** Looks at most once in a while; who asks at the same time waits for the same look. */
export function createHealth(look: () => Promise<Health>, clock: Clock): () => Promise<Health> {
	return remember(look, { lasts: { clock, ms: () => goodForMs } });
}
