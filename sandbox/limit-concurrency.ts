import type { Context, MiddlewareHandler } from 'hono';
import type { Refusal } from './refusal.ts';
import type { RequestLog } from './request-log.ts';
import type { SandboxEnv, ServiceName } from './sandbox-env.ts';

interface Limit {
	log: Pick<RequestLog, 'underWay'>;
	service: ServiceName;
	/** So many requests may be under way at once. */
	most: number;
	refusal: Refusal;
	toAnswer: (c: Context, refusal: Refusal) => Response;
}

/** Refuses what comes while too many requests are under way already. */
export const limitConcurrency =
	({ log, service, most, refusal, toAnswer }: Limit): MiddlewareHandler<SandboxEnv> =>
	async (c, next) =>
		log.underWay(service) > most ? toAnswer(c, refusal) : next();
