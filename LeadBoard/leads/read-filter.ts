import { isLeadId } from '../../shared/lead/lead-id.ts';
import { type Filter, type State, states } from '../../shared/operate/filter.ts';
import { facets } from '../../shared/operate/lead-facets.ts';
import { readTime } from '../../shared/operate/read-time.ts';

/** What the URL of a list says, as it was written: the same words fill the form again. */
export type FilterTexts = Partial<Record<(typeof filterNames)[number], string>>;

export const filterNames = ['state', 'destination', ...facets, 'since', 'until'] as const;
const longestText = 200;
export const badPlace = 'The place to go on ("after") is no place in a list. Begin with the newest.';

/** Reads a list's query. What cannot be read is left out and told; never throws. */
export function readFilter(
	query: (name: string) => string | undefined,
	{ now, destinations }: { now: number; destinations: readonly string[] },
): { filter: Filter; texts: FilterTexts; problems: string[] } {
	const problems: string[] = [];
	const texts: FilterTexts = {};
	for (const name of filterNames) {
		const text = query(name)?.trim().slice(0, longestText);
		if (text) texts[name] = text;
	}
	const filter: Filter = { since: 0, until: Number.MAX_SAFE_INTEGER };
	const { state, destination } = texts;
	if (state && isState(state)) filter.state = state;
	else if (state) problems.push(`There is no state "${state}".`);
	if (destination && !destinations.includes(destination)) problems.push(`There is no destination "${destination}".`);
	else if (destination) filter.destination = destination;
	const asked = Object.fromEntries(facets.flatMap((facet) => (texts[facet] ? [[facet, texts[facet]]] : [])));
	if (Object.keys(asked).length > 0) filter.facets = asked;
	for (const side of ['since', 'until'] as const) {
		const text = texts[side];
		const time = text ? readTime(text, now, side) : undefined;
		if (time !== undefined) filter[side] = time;
		else if (text) problems.push(`"${text}" is not a date (2026-11-23), a time (2026-11-23T14:00Z) or a duration (P1D).`);
	}
	const after = query('after');
	if (after && isLeadId(after)) filter.after = after;
	// A script that follows it would begin again and again.
	else if (after) problems.push(badPlace);
	return { filter, texts, problems };
}

const isState = (text: string): text is State => (states as readonly string[]).includes(text);

/** A path with the query of a filter. */
export function withFilter(path: string, texts: FilterTexts, more: Record<string, string> = {}): string {
	const query = new URLSearchParams({ ...texts, ...more }).toString();
	return query ? `${path}?${query}` : path;
}
