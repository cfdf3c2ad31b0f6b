import type { Log } from '../shared/basics/log.ts';
import type { Services } from '../shared/services.ts';

/** What the sweep depends on. */
export interface SweepDeps extends Pick<Services, 'settings' | 'clock' | 'deadline' | 'journal' | 'bell' | 'queue'> {
	log: Log;
	/** Aborts when the time of a duty is over: what it has not done by then, the next run does. */
	over: AbortSignal;
}

/**
 * For one duty; milliseconds. Where storage takes seconds for each call, a duty with hundreds of leads would otherwise take the time of all others, until the
 * platform ends the invocation after 5 minutes (`functionTimeout` in host.json), and with it the process and the attempts that are under way there.
 */
export const dutyMs = 30_000;

/** What one run does of a kind at most; the next run goes on. */
export const mostPerRun = 500;
