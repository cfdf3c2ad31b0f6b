import type { Environment } from '../../shared/basics/environment.ts';
import { openCheckDeps } from '../../shared/checks/open-check-deps.ts';
import { runChecks } from '../../shared/checks/run-checks.ts';
import { openServices } from '../../shared/services.ts';
import { harmless } from './to-human-line.ts';

/** The warnings and failures that the doctor finds without calling a service, a line each, with what to do. Never throws. */
export async function doubtsAbout(environment: Environment): Promise<string[]> {
	const lines = await runChecks(openCheckDeps(environment, openServices(environment)), { live: false });
	return lines
		.filter(({ level }) => level !== 'ok')
		.map(({ level, check, message, next }) => harmless(`  ${level}: ${check}: ${message}${next ? ` ${next}` : ''}`));
}
