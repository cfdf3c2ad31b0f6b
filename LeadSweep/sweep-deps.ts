import type { Log } from '../shared/basics/log.ts';
import type { Services } from '../shared/services.ts';

/** What the sweep depends on. */
export interface SweepDeps extends Pick<Services, 'settings' | 'clock' | 'deadline' | 'journal' | 'bell' | 'queue'> {
	log: Log;
}

/** For one call to storage; milliseconds. */
export const storageTimeoutMs = 10_000;

/** What one run does of a kind at most; the next run goes on. */
export const mostPerRun = 500;
