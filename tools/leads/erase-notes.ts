import type { DestinationName } from '../../shared/delivery/destination.ts';
import { hasEnded, type ListedLead } from '../../shared/journal/entries.ts';
import type { PersonFound } from '../../shared/operate/find-person.ts';
import { iso } from '../../shared/operate/lead-record.ts';
import { timeText } from '../../shared/operate/time-words.ts';
import type { Chosen } from './choose.ts';
import type { LeadsToolDeps } from './leads-tool-deps.ts';
import { printableLine } from './printable.ts';

/** Says how much of it would have been delivered. */
export function warnOfWaiting({ leads, messages = [] }: Chosen, { terminal }: LeadsToolDeps): void {
	const waiting = leads.filter((lead) => !hasEnded(lead)).length + messages.length;
	if (waiting > 0) terminal.note(`${waiting} of these are not completely delivered yet. Erased leads will not be delivered.`);
}

/** What was posted to an endpoint: the erasing does not reach it. */
export interface Sent {
	leadId: string;
	destination: DestinationName;
	at: string;
	/** The endpoint's own id for it. */
	proof?: string;
	/** No one knows: an answer was lost. */
	maybe?: true;
}

/** What endpoints have of these leads, or may have. Mails and records are found by the lead's id. */
export function sentTo(leads: readonly ListedLead[]): Sent[] {
	return leads.flatMap(({ leadId, deliveries }) =>
		Object.entries(deliveries).flatMap(([destination, { state, since, proof, recent }]): Sent[] => {
			if (!destination.includes(':')) return [];
			if (state === 'delivered') return [{ leadId, destination, at: iso(since), ...(proof && { proof: proof.id }) }];
			const maybe = recent.findLast(({ maybeDone, outcome }) => maybeDone || outcome === 'delivered');
			return maybe ? [{ leadId, destination, at: iso(maybe.at), maybe: true }] : [];
		}),
	);
}

const mostTold = 50;

/** Says what a person has to delete elsewhere. */
export function tellSent(sent: readonly Sent[], { terminal }: LeadsToolDeps): void {
	for (const { leadId, destination, at, proof, maybe } of sent.slice(0, mostTold))
		terminal.note(
			`${leadId}: ${destination} ${maybe ? 'may have it' : 'has it'} since ${timeText(Date.parse(at))} UTC${proof ? ` (${printableLine(proof)})` : ''}: delete it there.`,
		);
	if (sent.length > mostTold) terminal.note(`… and ${sent.length - mostTold} more: --json tells all.`);
}

/** Says what could not be searched, and what to do. */
export function tellUnsearched(unsearched: PersonFound['unsearched'], { terminal }: LeadsToolDeps): void {
	for (const { what, why } of unsearched)
		terminal.note(
			`NOT searched: ${what} (${why}). Run the command again in some minutes, with Storage Queue Data Contributor on the queue.`,
		);
}
