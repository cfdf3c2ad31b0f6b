import { mostPerRun, type Sweeper, storageTimeoutMs } from './sweeper.ts';

/** Removes what is left of erased leads whose dedupe window has ended. How many. */
export async function forgetErased({ settings, clock, deadline, journal }: Sweeper): Promise<number> {
	const table = await journal();
	return table.forget({ receivedUntil: clock() - settings.dedupeWindowMs, most: mostPerRun }, () => deadline(storageTimeoutMs));
}
