import { mostPerRun, type SweepDeps, storageTimeoutMs } from './sweep-deps.ts';

/** Removes what is left of erased leads whose dedupe window has ended. How many. */
export async function forgetErased({ settings, clock, deadline, journal }: SweepDeps): Promise<number> {
	const table = await journal();
	return table.forget({ receivedUntil: clock() - settings.dedupeWindowMs, most: mostPerRun }, () => deadline(storageTimeoutMs));
}
