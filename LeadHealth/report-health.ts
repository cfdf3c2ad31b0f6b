import type { HttpHandler, HttpResponseInit } from '@azure/functions';
import type { Environment } from '../shared/basics/environment.ts';
import { codeOf } from '../shared/basics/failures.ts';
import { logTo } from '../shared/basics/log.ts';
import { remember } from '../shared/basics/remember.ts';
import { type Clock, within } from '../shared/basics/time.ts';
import type { Services } from '../shared/services.ts';
import type { Health } from './check-health.ts';

/** For one look at everything; milliseconds. Each check has a time-out of its own: only one that does not heed it is left behind. */
const lookMs = 40_000;

const json = (status: number, type: string, body: object, headers: Record<string, string> = {}): HttpResponseInit => ({
	status,
	headers: { 'content-type': type, 'cache-control': 'no-store', ...headers },
	body: JSON.stringify(body),
});

const problem = (status: number, title: string, detail: string, headers: Record<string, string>) =>
	json(status, 'application/problem+json', { type: 'about:blank', title, status, detail }, headers);

/**
 * `GET /api/health`: the doctor's checks, run in the app. 503 when a delivery cannot work. For operators, with a key of their own: never a platform's probe.
 * Always answers, as the intake does.
 */
export function reportHealth(services: Services, environment: Environment): HttpHandler {
	const look = async () => {
		// Loaded here only: the intake never waits for it.
		const { checkHealth } = await import('./check-health.ts');
		return checkHealth(services, environment);
	};
	const health = createHealth(
		() => within(services.deadline(lookMs), look),
		() => services.clock(),
	);
	return async ({ method }, context) => {
		if (method !== 'GET')
			return problem(405, 'Only GET is allowed', 'Send a GET request to this URL to see the health of the app.', { allow: 'GET' });
		try {
			const report = await health();
			return json(report.status === 'failure' ? 503 : 200, 'application/json', report);
		} catch (error) {
			const code = codeOf(error);
			logTo(context)({ event: 'health.failed', level: 'error', code });
			const detail = `The app could not check itself (${code}). Ask again in a minute; if this continues, report it with this line.`;
			return problem(503, 'Health is unknown', detail, { 'retry-after': '60' });
		}
	};
}

/** For how long a report is good: whoever has the key cannot make the app call others more often. Milliseconds. */
const goodForMs = 30_000;

/** Looks at most once in a while; who asks at the same time waits for the same look. */
export function createHealth(look: () => Promise<Health>, clock: Clock): () => Promise<Health> {
	return remember(look, { lasts: { clock, ms: () => goodForMs } });
}
