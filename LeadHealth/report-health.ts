import type { HttpHandler, HttpResponseInit } from '@azure/functions';
import type { Environment } from '../shared/basics/environment.ts';
import type { Services } from '../shared/services.ts';
import { createHealth } from './create-health.ts';

const json = (status: number, type: string, body: object, headers: Record<string, string> = {}): HttpResponseInit => ({
	status,
	headers: { 'content-type': type, 'cache-control': 'no-store', ...headers },
	body: JSON.stringify(body),
});

/** `GET /api/health`: the doctor's checks, run in the app. 503 when a delivery cannot work. For operators, with a key of their own: never a platform's probe. */
export function reportHealth(services: Services, environment: Environment): HttpHandler {
	const health = createHealth(async () => {
		// Loaded here only: the intake never waits for it.
		const { checkHealth } = await import('./check-health.ts');
		return checkHealth(services, environment);
	}, services.clock);
	return async ({ method }) => {
		if (method !== 'GET') {
			const problem = { type: 'about:blank', title: 'Only GET is allowed', status: 405, detail: 'Get this URL to see how the app is.' };
			return json(405, 'application/problem+json', problem, { allow: 'GET' });
		}
		const report = await health();
		return json(report.status === 'failure' ? 503 : 200, 'application/json', report);
	};
}
