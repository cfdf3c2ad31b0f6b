import type { Log } from '../shared/basics/log.ts';
import type { Services } from '../shared/services.ts';
import type { Cooldowns } from './cooldowns.ts';

/** What a delivery depends on. */
export interface DeliveryDeps
	extends Pick<Services, 'settings' | 'clock' | 'random' | 'deadline' | 'journal' | 'bell' | 'queue' | 'destination' | 'pause'> {
	cooldowns: Cooldowns;
	log: Log;
}
