import type { JournaledRejection } from '../../shared/journal/entries.ts';
import { isLeadId } from '../../shared/lead/lead-id.ts';
import { type Found, findRejections } from '../../shared/operate/find-leads.ts';
import type { BoardDeps } from '../board-deps.ts';
import { lookFor } from '../leads/look-for.ts';
import { badPlace } from '../leads/read-filter.ts';
import { findDeps } from '../leads/search-person.ts';

const pageSize = 50;
/** So many are looked at for one page; then it says where to look further. */
const mostRead = 5000;

/** One page of the payloads that could not be read as a lead and that no one has closed, newest first. `soon`: as for a page of leads. */
export async function readRejected(
	deps: BoardDeps,
	after: string | undefined,
	{ soon = false } = {},
): Promise<{ found: Found<JournaledRejection>; isFull: boolean; problem?: string }> {
	// A script that follows it would begin again and again.
	if (after && !isLeadId(after)) return { found: { items: [], looked: 0 }, isFull: false, problem: badPlace };
	const span = { since: 0, until: Number.MAX_SAFE_INTEGER, ...(after && { after }) };
	const isOver = soon ? { isOver: lookFor(deps.clock) } : {};
	const found = await findRejections({ ...span, state: 'rejected' }, { most: pageSize, mostRead, ...isOver }, findDeps(deps));
	return { found, isFull: found.items.length >= pageSize };
}
