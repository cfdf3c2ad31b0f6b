import { codeOf } from '../basics/code-of.ts';
import type { Services } from '../services.ts';

const storageTimeoutMs = 10_000;

/** Rings for a lead that is safe without it: `rung`, or the code of what went wrong; then the sweep rings. */
export async function ringLead(leadId: string, { bell, deadline }: Pick<Services, 'bell' | 'deadline'>): Promise<string> {
	try {
		await (await bell())(leadId, { signal: deadline(storageTimeoutMs) });
		return 'rung';
	} catch (error) {
		return codeOf(error);
	}
}
