import { namesOf } from '../../shared/delivery/destination-kind.ts';
import type { ListedLead } from '../../shared/journal/entries.ts';
import { personHash } from '../../shared/lead/lead-id.ts';
import { type FindDeps, findLeads } from '../../shared/operate/find-leads.ts';
import { toBareAddress } from '../../shared/person/find-address.ts';
import { type BoardDeps, storageTimeoutMs } from '../board-deps.ts';

/** What a search has found, newest first. */
export interface PersonLeads {
	leads: ListedLead[];
	/** `address`: all leads with this e-mail address. `words`: among the latest leads. */
	by: 'address' | 'words';
	/** How far back was looked; absent when it was everything. */
	since?: number;
	more: boolean;
}

const mostShown = 50;
/** A search for words looks at this many leads: one request to storage each 1,000. */
const mostRead = 5000;

/** Leads of a person: by an exact e-mail address in the index, which is as old as the journal; otherwise by words among the latest leads. */
export async function searchPerson(text: string, deps: BoardDeps): Promise<PersonLeads> {
	const { journal, deadline } = deps;
	const table = await journal();
	const wanted = toBareAddress(text);
	if (wanted) {
		const ids = await table.leadsOfPerson(personHash(`${wanted.local}@${wanted.domain}`), deadline(storageTimeoutMs));
		const newest = ids.toReversed().slice(0, mostShown);
		const leads = await Promise.all(newest.map((id) => table.find(id, deadline(storageTimeoutMs))));
		return { leads: leads.filter((lead) => lead !== undefined), by: 'address', more: ids.length > mostShown };
	}
	const found = await findLeads(
		{ since: 0, until: Number.MAX_SAFE_INTEGER, search: text },
		{ most: mostShown, mostRead, bySummary: true },
		findDeps(deps),
	);
	return { leads: found.items, by: 'words', more: found.next !== undefined };
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
