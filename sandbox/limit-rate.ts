import type { Context, MiddlewareHandler } from 'hono';
import type { Clock } from '../shared/basics/time.ts';
import type { Refusal } from './refusal.ts';
import type { SandboxEnv } from './sandbox-env.ts';

/** What the services document: so many requests in any stretch of time so long. */
export const documentedRates = {
	/** Messages of one mailbox: documented for SMTP submission, and applied to Graph, as Microsoft's staff say. */
	graph: { most: 30, windowMs: 60_000 },
	/** Requests of one user. Source: https://learn.microsoft.com/power-apps/developer/data-platform/api-limits */
	dataverse: { most: 6000, windowMs: 300_000 },
};

interface Limit {
	clock: Clock;
	rate: { most: number; windowMs: number };
	/** So many times as fast as documented; without it there is no limit. */
	speed: number | undefined;
	/** Whose requests are counted together. */
	by?: (c: Context) => string;
	refusal: Refusal;
	toAnswer: (c: Context, refusal: Refusal) => Response;
}

/** Refuses what is more than the rate, and says when there is room again. What was refused does not count. */
export function limitRate({ clock, rate, speed, by = () => '', refusal, toAnswer }: Limit): MiddlewareHandler<SandboxEnv> {
	if (speed === undefined) return (_, next) => next();
	const windowMs = rate.windowMs / speed;
	const takenAt = new Map<string, number[]>();
	return async (c, next) => {
		const now = clock();
		const taken = (takenAt.get(by(c)) ?? []).filter((at) => at > now - windowMs);
		takenAt.set(by(c), taken);
		const [oldest] = taken;
		if (oldest === undefined || taken.length < rate.most) {
			taken.push(now);
			return next();
		}
		return toAnswer(c, { ...refusal, headers: { 'retry-after': String(Math.ceil((oldest + windowMs - now) / 1000)) } });
	};
}
