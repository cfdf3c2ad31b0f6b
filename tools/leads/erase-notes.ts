import { hasEnded } from '../../shared/journal/entries.ts';
import type { PersonFound } from '../../shared/operate/find-person.ts';
import type { Chosen } from './choose.ts';
import type { LeadsToolDeps } from './leads-tool-deps.ts';

/** Says how much of it would have been delivered. */
export function warnOfWaiting({ leads, messages = [] }: Chosen, { terminal }: LeadsToolDeps): void {
	const waiting = leads.filter((lead) => !hasEnded(lead)).length + messages.length;
	if (waiting > 0) terminal.note(`${waiting} of these are not completely delivered yet. Erased leads will not be delivered.`);
}

/** Says what could not be searched, and what to do. */
export function tellUnsearched(unsearched: PersonFound['unsearched'], { terminal }: LeadsToolDeps): void {
	for (const { what, why } of unsearched)
		terminal.note(
			`NOT searched: ${what} (${why}). Run the command again in some minutes, with Storage Queue Data Contributor on the queue.`,
		);
}
