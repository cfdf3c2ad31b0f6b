import type { MiddlewareHandler } from 'hono';
import { type SandboxEnv, type ServiceName, serviceNames } from './sandbox-env.ts';

/** What one service was asked. */
interface RequestCount {
	total: number;
	/** By status, or by fault (`hang`, `reset`, `lostAnswer`) where there was none. */
	answers: Record<string, number>;
	/** The most requests that were under way at once. */
	mostAtOnce: number;
}

/** Counts requests by service and answer, and knows how many are under way. */
export interface RequestLog {
	watch(service: ServiceName): MiddlewareHandler<SandboxEnv>;
	underWay(service: ServiceName): number;
	all(): Record<ServiceName, RequestCount>;
	clear(): void;
}

const nothing = (): RequestCount => ({ total: 0, answers: {}, mostAtOnce: 0 });

export function createRequestLog(): RequestLog {
	const counts = new Map<ServiceName, RequestCount>();
	const underWay = new Map<ServiceName, number>();
	const countOf = (service: ServiceName) => {
		const count = counts.get(service) ?? nothing();
		counts.set(service, count);
		return count;
	};
	const move = (service: ServiceName, by: 1 | -1) => {
		const now = (underWay.get(service) ?? 0) + by;
		underWay.set(service, now);
		return now;
	};
	return {
		watch: (service) => async (c, next) => {
			const now = move(service, 1);
			const count = countOf(service);
			count.total++;
			count.mostAtOnce = Math.max(count.mostAtOnce, now);
			await next();
			const fault = c.get('fault');
			const answer = fault ?? String(c.res.status);
			count.answers[answer] = (count.answers[answer] ?? 0) + 1;
			// A request that hangs is under way until its sender gives up.
			if (fault === 'hang' && !c.env.outgoing.closed) c.env.outgoing.once('close', () => move(service, -1));
			else move(service, -1);
		},
		underWay: (service) => underWay.get(service) ?? 0,
		all: () =>
			Object.fromEntries(serviceNames.map((service) => [service, counts.get(service) ?? nothing()])) as Record<ServiceName, RequestCount>,
		clear: () => counts.clear(),
	};
}
