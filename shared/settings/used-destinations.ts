import type { DestinationName } from '../delivery/destination.ts';
import type { Settings } from './settings.ts';

/** The destinations that any lead may go to, by the settings or by a rule. */
export function usedDestinations({ destinations, routes }: Pick<Settings, 'destinations' | 'routes'>): Set<DestinationName> {
	return new Set([...destinations, ...routes.flatMap(({ choice }) => choice.destinations ?? [])]);
}
