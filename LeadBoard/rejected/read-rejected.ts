import type { JournaledRejection } from '../../shared/journal/entries.ts';
import { isLeadId } from '../../shared/lead/lead-id.ts';
import { type Found, findRejections } from '../../shared/operate/find-leads.ts';
import type { BoardDeps } from '../board-deps.ts';
import { findDeps } from '../leads/search-person.ts';

/** One page of the payloads that could not be read as a lead and that no one has closed, newest first. */
export function readRejected(deps: BoardDeps, after: string | undefined): Promise<Found<JournaledRejection>> {
	const span = { since: 0, until: Number.MAX_SAFE_INTEGER, ...(after && isLeadId(after) && { after }) };
	return findRejections({ ...span, state: 'rejected' }, { most: 50, mostRead: 5000 }, findDeps(deps));
}
