import { iso } from '../../shared/operate/lead-record.ts';
import type { ChartsPageProps } from './charts-page.tsx';
import { chooseSeries } from './choose-series.ts';
import { findingText, latencyFinding, leadsFinding, outcomesFinding, waitingFinding } from './findings.ts';
import { erasedIn, latencyIn, outcomesIn, sumOf } from './sum-days.ts';

/** The charts as JSON: their sentences, and the numbers of every day with all values, not only those that have a layer. */
export function toChartsRecord({ wish, tally: { days, at, cut }, waiting, destinations, now }: Omit<ChartsPageProps, 'problems'>) {
	const { by, destination } = wish;
	const { oldest, ...waits } = waiting;
	return {
		...wish,
		readAt: iso(at),
		isCut: cut !== undefined,
		findings: {
			leads: findingText(leadsFinding({ by, leads: sumOf(days.map(({ leads }) => leads)), series: chooseSeries(days, by) })),
			outcomes: findingText(outcomesFinding(outcomesIn(days, destinations))),
			deliveryTimes: findingText(latencyFinding(latencyIn(days, destination), erasedIn(days, destination))),
			waiting: findingText(waitingFinding(waiting, now)),
		},
		leads: days.map((day) => {
			const { deliveries, half, most } = latencyIn([day], destination);
			return {
				day: day.day,
				leads: day.leads,
				tests: day.tests,
				values: Object.fromEntries(day.values[by]),
				outcomes: Object.fromEntries(outcomesIn([day], destinations)),
				deliveryTimes: { deliveries, ...(half !== undefined && { p50Ms: half, p95Ms: most }) },
			};
		}),
		waiting: { ...waits, ...(oldest !== undefined && { oldest: iso(oldest) }) },
	};
}
