import type { RingBell } from '../../../shared/queues/bell.ts';
import type { StorageQueue } from '../../../shared/storage/queues/storage-queue.ts';
import type { SimulatedTime } from './simulated-time.ts';

/** The queue of bells, in simulated time. */
export interface BellsInMemory {
	ring: RingBell;
	/** The bell that was to be heard first. It is gone then: workers that die are not simulated. */
	hear: () => string | undefined;
	/** Resolves when the next bell can be heard. */
	next: () => Promise<void>;
	/** For whoever asks how many bells wait. */
	queue: StorageQueue;
}

export function createBellsInMemory({ sleep }: Pick<SimulatedTime, 'sleep'>): BellsInMemory {
	const audible: string[] = [];
	let delayed = 0;
	const waiting: (() => void)[] = [];
	return {
		async ring(leadId, { delayMs = 0 }) {
			delayed++;
			void sleep(Math.ceil(delayMs / 1000) * 1000).then(() => {
				delayed--;
				audible.push(leadId);
				for (const wake of waiting.splice(0)) wake();
			});
		},
		hear: () => audible.shift(),
		next: () => new Promise((wake) => void waiting.push(wake)),
		queue: { count: async () => audible.length + delayed } as unknown as StorageQueue,
	};
}
