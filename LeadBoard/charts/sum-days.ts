import type { DestinationName } from '../../shared/delivery/destination.ts';
import type { DayTally, DeliveryState } from './tally.ts';

/** The number of the list at or below which so many of them are: of one number that number, of none undefined (nearest rank). */
export function percentile(sorted: readonly number[], share: number): number | undefined {
	return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

/** How long deliveries took; milliseconds. Without deliveries only their number, which is 0. */
export interface Latency {
	deliveries: number;
	half?: number;
	most?: number;
}

/** Of these days together, of one destination or of all. */
export function latencyIn(days: DayTally[], destination?: DestinationName): Latency {
	const lists = days.flatMap(({ latencies }) => (destination === undefined ? [...latencies.values()] : [latencies.get(destination) ?? []]));
	const sorted = lists.flat().sort((one, other) => one - other);
	const [half, most] = [percentile(sorted, 0.5), percentile(sorted, 0.95)];
	return { deliveries: sorted.length, ...(half !== undefined && most !== undefined && { half, most }) };
}

/** By state; `erased`: delivered too, of leads that were erased since and are in no list any more. What else erased leads had is not known. */
export type Outcomes = Record<DeliveryState, number> & { erased?: number };

const none = (): Outcomes => ({ delivered: 0, pending: 0, parked: 0, closed: 0, unreadable: 0 });

/** How many deliveries are in which state, by destination: those of the settings in their order, then what else leads went to. */
export function outcomesIn(days: DayTally[], destinations: readonly DestinationName[]): [DestinationName, Outcomes][] {
	const sums = new Map(destinations.map((name) => [name, none()]));
	const sumOfName = (name: DestinationName) => {
		const sum = sums.get(name) ?? none();
		sums.set(name, sum);
		return sum;
	};
	for (const { outcomes, erased } of days) {
		for (const [name, counts] of outcomes) {
			const sum = sumOfName(name);
			for (const [state, number] of counts) sum[state] += number;
		}
		for (const [name, number] of erased) {
			const sum = sumOfName(name);
			sum.erased = (sum.erased ?? 0) + number;
		}
	}
	return [...sums];
}

/** How many deliveries of erased leads are known, of one destination or of all. */
export const erasedIn = (days: DayTally[], destination?: DestinationName): number =>
	sumOf(days.flatMap(({ erased }) => (destination === undefined ? [...erased.values()] : [erased.get(destination) ?? 0])));

export const sumOf = (numbers: Iterable<number>): number => [...numbers].reduce((sum, number) => sum + number, 0);
