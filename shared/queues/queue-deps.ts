import { type Clock, within } from '../basics/time.ts';
import type { DestinationKind } from '../delivery/destination-kind.ts';
import type { RetrySettings } from '../delivery/retry-schedule.ts';
import type { Journal } from '../journal/journal.ts';
import type { StorageQueue } from '../storage/queues/storage-queue.ts';
import type { RingBell } from './bell.ts';

/** What turns and bells depend on; each function takes its part. */
export interface QueueDeps {
	settings: RetrySettings & { kinds: readonly DestinationKind[] };
	clock: Clock;
	/** An AbortSignal that aborts after so many milliseconds. */
	deadline: (ms: number) => AbortSignal;
	journal: () => Promise<Journal>;
	bell: () => Promise<RingBell>;
	queue: (name: string) => Promise<StorageQueue>;
}

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
