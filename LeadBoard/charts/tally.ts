import type { Delivery } from '../../shared/delivery/delivery.ts';
import type { DestinationName } from '../../shared/delivery/destination.ts';
import type { ListedLead } from '../../shared/journal/entries.ts';
import { type CountedFacet, countedFacets, type DailyCounts, type FacetCounts } from '../../shared/journal/journal.ts';
import { facetsOf } from '../../shared/operate/lead-facets.ts';
import { type ChartFacet, chartFacets } from './chart-wish.ts';

export type DeliveryState = Delivery['state'];

/** What is counted of the leads that were received on one day (UTC). Tests are left out of everything but their own number. */
export interface DayTally {
	/** `2026-11-29` */
	day: string;
	leads: number;
	tests: number;
	/** Leads by value; `''` of those that do not say it. A lead with several campaigns is under each. */
	values: Record<ChartFacet, Map<string, number>>;
	/** Erased leads of which no value is left. */
	unknown: Record<ChartFacet, number>;
	/** Leads that are under several campaigns. */
	several: number;
	outcomes: Map<DestinationName, Map<DeliveryState, number>>;
	/** Deliveries that arrived, of leads that were erased since. */
	erased: Map<DestinationName, number>;
	/** From the acceptance of each lead to its first delivery; milliseconds. */
	latencies: Map<DestinationName, number[]>;
}

const each = <Value>(value: () => Value) => Object.fromEntries(chartFacets.map((facet) => [facet, value()])) as Record<ChartFacet, Value>;

export const openDay = (day: string): DayTally => ({
	day,
	leads: 0,
	tests: 0,
	values: each(() => new Map<string, number>()),
	unknown: each(() => 0),
	several: 0,
	outcomes: new Map(),
	erased: new Map(),
	latencies: new Map(),
});

const add = <Key>(counts: Map<Key, number>, key: Key, more: number) => void counts.set(key, (counts.get(key) ?? 0) + more);

function outcomesOf({ outcomes }: DayTally, destination: DestinationName): Map<DeliveryState, number> {
	const counts = outcomes.get(destination) ?? new Map<DeliveryState, number>();
	outcomes.set(destination, counts);
	return counts;
}

/** Counts a lead of that day. An older lead has no country and no campaign without its payload. */
export function addLead(tally: DayTally, lead: ListedLead): void {
	if (lead.summary.isTest) {
		tally.tests++;
		return;
	}
	tally.leads++;
	const said = facetsOf(lead);
	for (const facet of chartFacets) for (const value of said[facet].length > 0 ? said[facet] : ['']) add(tally.values[facet], value, 1);
	if (said.campaign.length > 1) tally.several++;
	for (const [name, delivery] of Object.entries(lead.deliveries)) {
		add(outcomesOf(tally, name), delivery.state, 1);
		const latency = latencyOf(delivery, lead.importedAt ?? lead.receivedAt);
		if (latency === undefined) continue;
		const latencies = tally.latencies.get(name) ?? [];
		tally.latencies.set(name, latencies);
		latencies.push(latency);
	}
}

/**
 * From the acceptance to the first delivery; undefined before it. A delivery that was replayed and delivered again has the later time in `since`; the first
 * is among its attempts, as long as they are remembered. Clocks of two machines may differ: never less than nothing.
 */
export function latencyOf({ state, since, recent }: Pick<Delivery, 'state' | 'since' | 'recent'>, acceptedAt: number): number | undefined {
	if (state !== 'delivered') return undefined;
	const first = recent.find(({ outcome }) => outcome === 'delivered');
	const deliveredAt = first ? Math.min(first.at + (first.tookMs ?? 0), since) : since;
	return Math.max(0, deliveredAt - acceptedAt);
}

/** Counts what is left of the erased leads of that day. */
export function addErased(tally: DayTally, counts: DailyCounts, under: FacetCounts | undefined): void {
	const { received, tests, duplicates: _, rejected: __, rejectedNotKept: ___, ...delivered } = counts;
	const leads = Math.max(0, (received ?? 0) - (tests ?? 0));
	tally.leads += leads;
	tally.tests += tests ?? 0;
	for (const facet of chartFacets) {
		let known = 0;
		for (const [value, number] of Object.entries((isCounted(facet) && under?.[facet]) || {})) {
			// The values of a day that were too many to be kept.
			if (value === '') continue;
			add(tally.values[facet], value, number);
			known += number;
		}
		tally.unknown[facet] += Math.max(0, leads - known);
	}
	for (const [name, number] of Object.entries(delivered)) if (number > 0) add(tally.erased, name, number);
}

const isCounted = (facet: ChartFacet): facet is ChartFacet & CountedFacet => countedFacets.some((counted) => counted === facet);
