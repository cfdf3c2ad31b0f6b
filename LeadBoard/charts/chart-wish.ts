import { quoted } from '../leads/read-filter.ts';

/** By what the leads of a day are stacked. */
export const chartFacets = ['offer', 'country', 'action', 'campaign'] as const;
export type ChartFacet = (typeof chartFacets)[number];

/** So many days, today included. */
export const ranges = [7, 30, 90] as const;
export type Range = (typeof ranges)[number];

/** What the URL of the charts asks for. */
export interface ChartWish {
	days: Range;
	by: ChartFacet;
	/** Whose delivery times; absent: of all. */
	destination?: string;
}

/** Reads the charts' query. What cannot be read is told, and has its usual value: 30 days, by offer, of all destinations. Never throws. */
export function readChartWish(
	query: (name: string) => string | undefined,
	destinations: readonly string[],
): { wish: ChartWish; problems: string[] } {
	const problems: string[] = [];
	const [days, by, destination] = ['days', 'by', 'destination'].map((name) => query(name)?.trim().slice(0, 100) || undefined);
	const range = ranges.find((known) => String(known) === days);
	if (days !== undefined && !range) problems.push(`${quoted(days)} is not a number of days that is shown: it is 7, 30 or 90, usually 30.`);
	const facet = chartFacets.find((known) => known === by);
	if (by !== undefined && !facet) problems.push(`Leads are stacked by offer, country, action or campaign, not by ${quoted(by)}.`);
	const isKnown = destination !== undefined && destinations.includes(destination);
	if (destination !== undefined && !isKnown) problems.push(`There is no destination ${quoted(destination)}.`);
	return { wish: { days: range ?? 30, by: facet ?? 'offer', ...(isKnown && { destination }) }, problems };
}
