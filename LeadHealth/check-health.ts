import type { CheckLine, Level } from '../shared/basics/check-line.ts';
import type { Environment } from '../shared/basics/environment.ts';
import { openCheckDeps } from '../shared/checks/open-check-deps.ts';
import { runChecks, worstOf } from '../shared/checks/run-checks.ts';
import type { Services } from '../shared/services.ts';

/** How the app is. */
export interface Health {
	/** The worst of all checks. */
	status: Level;
	/** ISO 8601. */
	checkedAt: string;
	checks: CheckLine[];
}

/** Looks at everything now. */
export async function checkHealth(services: Services, environment: Environment): Promise<Health> {
	const checks = await runChecks(openCheckDeps(environment, services), { live: true });
	return { status: worstOf(checks), checkedAt: new Date(services.clock()).toISOString(), checks };
}
