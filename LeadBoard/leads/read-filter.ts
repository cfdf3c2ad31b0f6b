import { isLeadId } from '../../shared/lead/lead-id.ts';
import { escapeControls } from '../../shared/operate/export/to-csv.ts';
import { type Filter, type State, states } from '../../shared/operate/filter.ts';
import { facets } from '../../shared/operate/lead-facets.ts';
import { readTime } from '../../shared/operate/read-time.ts';

/** What the URL of a list says, as it was written: the same words fill the form again. */
export type FilterTexts = Partial<Record<(typeof filterNames)[number], string>>;

export const filterNames = ['state', 'destination', ...facets, 'since', 'until'] as const;
/** Of a filter or a search; characters. */
export const longestText = 200;
export const badPlace = 'The place to go on ("after") is no place in a list. Begin with the newest.';

const longestQuoted = 80;

/** A text that someone wrote into an address, inside a sentence: short, and nothing in it turns round what stands beside it. */
export function quoted(text: string): string {
	const shown = escapeControls(text);
	return `"${shown.length > longestQuoted ? `${shown.slice(0, longestQuoted).toWellFormed()}…` : shown}"`;
}

/** Reads a list's query. What cannot be read is left out and told; never throws. */
export function readFilter(
	query: (name: string) => string | undefined,
	{ now, destinations }: { now: number; destinations: readonly string[] },
): { filter: Filter; texts: FilterTexts; problems: string[] } {
	const problems: string[] = [];
	const texts: FilterTexts = {};
	for (const name of filterNames) {
		const text = query(name)?.trim();
		if (!text) continue;
		texts[name] = text.slice(0, longestText).toWellFormed();
		// A part of it would find other leads.
		if (text.length > longestText) problems.push(`${quoted(text)} is longer than ${longestText} characters.`);
	}
	if (problems.length > 0) return { filter: { since: 0, until: Number.MAX_SAFE_INTEGER }, texts, problems };
	const filter: Filter = { since: 0, until: Number.MAX_SAFE_INTEGER };
	const state = texts.state?.toLowerCase();
	if (state && isState(state)) filter.state = state;
	else if (texts.state) problems.push(`There is no state ${quoted(texts.state)}.`);
	const destination = destinations.find((name) => name.toLowerCase() === texts.destination?.toLowerCase());
	if (destination) filter.destination = destination;
	else if (texts.destination) problems.push(`There is no destination ${quoted(texts.destination)}.`);
	const asked = Object.fromEntries(facets.flatMap((facet) => (texts[facet] ? [[facet, texts[facet]]] : [])));
	if (Object.keys(asked).length > 0) filter.facets = asked;
	for (const side of ['since', 'until'] as const) {
		const text = texts[side];
		const time = text ? readTime(text, now, side) : undefined;
		if (time !== undefined) filter[side] = time;
		else if (text) problems.push(`${quoted(text)} is not a date (2026-11-23), a time (2026-11-23T14:00Z) or a duration (P1D).`);
	}
	if (filter.since > filter.until && texts.since && texts.until)
		problems.push(`${quoted(texts.since)} is later than ${quoted(texts.until)}: between them there is no time.`);
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
