import { storageTimeoutMs } from '../basics/create-deadlines.ts';
import { lost, whileLost } from '../basics/while-lost.ts';
import type { QueueDeps } from '../queues/queue-deps.ts';
import { countedUnder } from './lead-facets.ts';

/** What was there under an id: a lead, a rejected payload, or (after a replay of the payload) both. */
export interface Erased {
	lead: boolean;
	rejection: boolean;
}

const mostAttempts = 10;

/**
 * Erases the personal data under an id, whatever its state: what is not delivered yet will not be. What destinations have got already is theirs, also from
 * an attempt that is under way. Safe to repeat.
 */
export async function eraseById(
	id: string,
	{ journal, clock, deadline }: Pick<QueueDeps, 'journal' | 'clock' | 'deadline'>,
): Promise<Erased> {
	const table = await journal();
	const rejection = await table.findRejection(id, deadline(storageTimeoutMs.step));
	if (rejection) await table.eraseRejection(rejection, deadline(storageTimeoutMs.step));
	let mayBeErased = false;
	const hadLead = await whileLost(`lead ${id}`, mostAttempts, async () => {
		const lead = await table.find(id, deadline(storageTimeoutMs.step));
		if (!lead) return mayBeErased;
		try {
			if ((await table.erase(lead, clock(), deadline(storageTimeoutMs.step), countedUnder(lead))) === 'erased') return true;
		} catch (error) {
			// Nothing is known: the row tells.
			if (mayBeErased) throw error;
			mayBeErased = true;
		}
		return lost;
	});
	return { lead: hadLead, rejection: rejection !== undefined };
}
