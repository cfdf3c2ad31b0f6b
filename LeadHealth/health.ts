import type { CheckLine, Level } from '../shared/basics/check-line.ts';

/** How the app is. */
export interface Health {
	/** The worst of all checks. */
	status: Level;
	/** ISO 8601. */
	checkedAt: string;
	checks: CheckLine[];
}
