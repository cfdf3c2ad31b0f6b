import { storageTimeoutMs } from '../../shared/basics/create-deadlines.ts';
import { namesOf } from '../../shared/delivery/destination-kind.ts';
import type { ListedLead } from '../../shared/journal/entries.ts';
import { isLeadId, personHash } from '../../shared/lead/lead-id.ts';
import { hasWords } from '../../shared/lead/search-text.ts';
import { type FindDeps, findLeads } from '../../shared/operate/find-leads.ts';
import { toBareAddress } from '../../shared/person/find-address.ts';
import type { BoardDeps } from '../board-deps.ts';
import { lookFor } from './look-for.ts';
import { badPlace, longestText, quoted } from './read-filter.ts';

/** What a search has found, newest first. */
export interface PersonLeads {
	leads: ListedLead[];
	/** `address`: all leads with this e-mail address. `words`: among the latest leads, or those behind one. */
	by: 'address' | 'words';
	more: boolean;
	/** Words: where to look further; absent at the end. */
	next?: string;
	/** Words: how many leads were looked at. */
	looked: number;
	/** As many were found as are shown at a time. */
	isFull: boolean;
}

const mostShown = 50;
/** A search for words looks at this many leads: one request to storage each 1,000. */
const mostRead = 5000;

/**
 * Leads of a person: by an exact e-mail address in the index, which is as old as the journal; otherwise by words among the latest leads.
 *
 * @param after Words: look behind this lead.
 * @param soon It ends where it has looked for long enough, as a person waits for it.
 * @returns A sentence when it cannot be looked for.
 */
export async function searchPerson(
	text: string,
	deps: BoardDeps,
	{ after, soon = false }: { after?: unknown; soon?: boolean } = {},
): Promise<PersonLeads | string> {
	if (text.length > longestText) return `${quoted(text)} is longer than ${longestText} characters.`;
	if (!hasWords(text)) return `${quoted(text)} is no word to look for.`;
	if (after && !isLeadId(after)) return badPlace;
	const { journal, deadline, clock } = deps;
	const isOver = soon ? { isOver: lookFor(clock) } : {};
	const table = await journal();
	const wanted = toBareAddress(text);
	if (wanted) {
		const ids = await table.leadsOfPerson(personHash(`${wanted.local}@${wanted.domain}`), deadline(storageTimeoutMs.step));
		const newest = ids.toReversed().slice(0, mostShown);
		const leads = await Promise.all(newest.map((id) => table.find(id, deadline(storageTimeoutMs.step))));
		const isFull = ids.length > mostShown;
		return { leads: leads.filter((lead) => lead !== undefined), by: 'address', more: isFull, looked: ids.length, isFull };
	}
	const { items, next, looked } = await findLeads(
		{ since: 0, until: Number.MAX_SAFE_INTEGER, search: text, ...(isLeadId(after) && { after }) },
		{ most: mostShown, mostRead, bySummary: true, ...isOver },
		findDeps(deps),
	);
	const isFull = items.length >= mostShown;
	return { leads: items, by: 'words', more: next !== undefined, ...(next !== undefined && { next }), looked, isFull };
}

/** The intake runs in the same process: to read 500 payloads without a pause would keep it waiting for a tenth of a second. */
const atOnce = 100;

/** What finding leads depends on. */
export const findDeps = ({ journal, deadline, settings }: Pick<BoardDeps, 'journal' | 'deadline' | 'settings'>): FindDeps => ({
	journal,
	deadline,
	destinations: namesOf(settings.kinds),
	atOnce,
});
