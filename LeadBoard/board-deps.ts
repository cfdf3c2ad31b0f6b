import type { Log } from '../shared/basics/log.ts';
import type { Services } from '../shared/services.ts';
import type { Person } from './gate/judge-principal.ts';

/** What one request to the board depends on. */
export interface BoardDeps extends Pick<Services, 'settings' | 'clock' | 'deadline' | 'pause' | 'journal' | 'bell' | 'queue'> {
	/** Who asks: has been let in. */
	person: Person;
	log: Log;
}
