import type { Environment } from '../shared/basics/environment.ts';
import { openCheckDeps } from '../shared/checks/open-check-deps.ts';
import { runChecks, worstOf } from '../shared/checks/run-checks.ts';
import type { Services } from '../shared/services.ts';
import type { Health } from './health.ts';

/** Looks at everything now. */
export async function checkHealth(services: Services, environment: Environment): Promise<Health> {
	const checks = await runChecks(openCheckDeps(environment, services), { live: true });
	return { status: worstOf(checks), checkedAt: new Date(services.clock()).toISOString(), checks };
}
