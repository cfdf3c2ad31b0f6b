import type { Clock } from '../basics/time.ts';
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
