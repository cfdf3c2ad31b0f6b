import { within } from '../basics/time.ts';
import type { QueueDeps } from './queue-deps.ts';

/** The services with a limit to how long storage may take to be opened: what never opens would hold a function until the platform ends its process. */
export function openInTime<Given extends Pick<QueueDeps, 'journal' | 'queue' | 'bell' | 'deadline'>>(services: Given, ms: number): Given {
	const { journal, queue, bell, deadline } = services;
	return {
		...services,
		journal: () => within(deadline(ms), journal),
		queue: (name) => within(deadline(ms), () => queue(name)),
		bell: () => within(deadline(ms), bell),
	};
}
