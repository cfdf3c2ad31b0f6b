import { namesOf } from '../../shared/delivery/destination-kind.ts';
import { findLeads } from '../../shared/operate/find-leads.ts';
import type { BoardDeps } from '../board-deps.ts';
import { allDestinations } from '../board-destinations.ts';
import { lookFor } from './look-for.ts';
import { readFilter } from './read-filter.ts';
import { findDeps } from './search-person.ts';

const pageSize = 50;
/** A narrow filter looks at this many leads for one page; then the page says where to look further. */
const mostRead = 5000;

/** One page of the list that a query asks for. `soon`: it ends where it has looked for long enough, as a person waits for it. */
export async function readLeads(deps: BoardDeps, query: (name: string) => string | undefined, { soon = false } = {}) {
	const now = deps.clock();
	const isOver = soon ? { isOver: lookFor(deps.clock) } : {};
	const destinations = await allDestinations(deps);
	const { filter, texts, problems } = readFilter(query, { now, destinations });
	if (filter.state === 'rejected') problems.push('Payloads that could not be read as a lead are on the page Rejected.');
	// What cannot be read would find too much.
	const found =
		problems.length > 0
			? { items: [], looked: 0 }
			: await findLeads(filter, { most: pageSize, mostRead, ...isOver }, { ...findDeps(deps), destinations });
	const isFull = found.items.length >= pageSize;
	return { found, isFull, texts, problems, destinations, sendTo: namesOf(deps.settings.kinds), now, after: filter.after };
}
