import type { JournaledLead } from './journal.ts';

/** Nothing will happen to the lead by itself, and no one has to do anything about it: all is delivered or closed, or it was for the journal only. */
export function hasEnded({ undecided, deliveries }: Pick<JournaledLead, 'undecided' | 'deliveries'>): boolean {
	return !undecided && Object.values(deliveries).every(({ state }) => state === 'delivered' || state === 'closed');
}
