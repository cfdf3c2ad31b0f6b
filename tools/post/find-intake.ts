import { findStart, type StartPlace } from '../../sandbox/start/find-start.ts';
import { UsageError } from '../leads/usage-error.ts';

/** The URL with its key of the intake that `npm start` runs. Throws with what to do when none runs. */
export function findIntake(place: StartPlace): string {
	const found = findStart(place);
	if ('ready' in found) return found.ready.intakeUrl;
	throw new UsageError(
		`${found.why} Run npm start, or name the address with --url - (on standard input) or LEAD_URL (in the environment).`,
	);
}
