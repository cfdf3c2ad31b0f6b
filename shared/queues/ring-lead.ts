import { storageTimeoutMs } from '../basics/create-deadlines.ts';
import { codeOf } from '../basics/failures.ts';
import type { QueueDeps } from './queue-deps.ts';

/** Rings for a lead that is safe without it: `rung`, or the code of what went wrong; then the sweep rings. */
export async function ringLead(leadId: string, { bell, deadline }: Pick<QueueDeps, 'bell' | 'deadline'>, delayMs = 0): Promise<string> {
	try {
		await (await bell())(leadId, { delayMs, signal: deadline(storageTimeoutMs.step) });
		return 'rung';
	} catch (error) {
		return codeOf(error);
	}
}
