/** @jsxImportSource hono/jsx */
import { Chart, DayHits, middleOf, NumbersTable, Plot } from './figure.tsx';
import { counted, latencyFinding, latencyText } from './findings.ts';
import { longDay, percent, timePlace, timeTicks } from './scale.ts';
import { erasedIn, type Latency, latencyIn } from './sum-days.ts';
import type { DayTally } from './tally.ts';

interface Point {
	index: number;
	place: number;
}

/** How long deliveries took, a day: the half and 95 in 100, on a scale on which each step is several times the one below. */
export const LatencyChart = ({ days, destination, today }: { days: DayTally[]; destination?: string | undefined; today: string }) => {
	const id = 'delivery-time';
	const title = `From accepted to delivered${destination === undefined ? '' : ` at ${destination}`}`;
	const each = days.map((day) => latencyIn([day], destination));
	const all = each.flatMap(({ half, most }) => (half === undefined || most === undefined ? [] : [half, most]));
	const ticks = timeTicks(Math.min(...all, 1000), Math.max(...all, 1000));
	const names = days.map(({ day }) => day);
	const pointsOf = (which: 'half' | 'most'): Point[] =>
		each.flatMap((latency, index) => {
			const ms = latency[which];
			return ms === undefined ? [] : [{ index, place: 1 - timePlace(ms, ticks) }];
		});
	const text = (index: number) => textOf(each[index] ?? { deliveries: 0 }, erasedIn(days.slice(index, index + 1), destination));
	const textOf = ({ half, most, deliveries }: Latency, erased: number) =>
		half === undefined || most === undefined
			? erased > 0
				? 'no times are known of erased leads'
				: 'nothing was delivered'
			: `half within ${latencyText(half)}, 95 % within ${latencyText(most)} (${counted(deliveries, 'delivery', 'deliveries')})`;
	return (
		<Chart id={id} title={title} finding={latencyFinding(latencyIn(days, destination), erasedIn(days, destination))}>
			<figure>
				<Plot
					id={id}
					title={title}
					axis={{ days: names, ticks: ticks.map((tick, index) => ({ place: index / (ticks.length - 1), label: latencyText(tick) })) }}
				>
					<Curve points={pointsOf('most')} line="l2" days={days.length} />
					<Curve points={pointsOf('half')} line="l1" days={days.length} />
					{pointsOf('most').map(({ index, place }) => (
						<circle class="m2" cx={percent(middleOf(index, days.length))} cy={percent(place)} r="4" />
					))}
					{pointsOf('half').map(({ index, place }) => (
						<circle class="m1" cx={percent(middleOf(index, days.length))} cy={percent(place)} r="3.5" />
					))}
					<DayHits days={names} tell={(index) => `${longDay(names[index] ?? '')}: ${text(index)}`} />
				</Plot>
				<ul class="legend" aria-label="Lines">
					<li>
						<svg aria-hidden="true" focusable="false">
							<line class="l1" x1="0%" x2="100%" y1="50%" y2="50%" />
							<circle class="m1" cx="50%" cy="50%" r="3.5" />
						</svg>
						half of the deliveries (p50)
					</li>
					<li>
						<svg aria-hidden="true" focusable="false">
							<line class="l2" x1="0%" x2="100%" y1="50%" y2="50%" />
							<circle class="m2" cx="50%" cy="50%" r="4" />
						</svg>
						95 % of the deliveries (p95)
					</li>
				</ul>
			</figure>
			<p class="hint">
				By the day on which the lead was received, to its first delivery at each destination. What still waits has no time yet, and of
				erased leads no time is kept. On the scale each step is several times the one below.
			</p>
			<NumbersTable
				of={title}
				head={['Day (UTC)', 'Deliveries', 'Half within', '95 % within']}
				rows={each.map(({ deliveries, half, most }, index) => ({
					head: `${names[index]}${names[index] === today ? ' (so far)' : ''}`,
					cells: [
						deliveries.toLocaleString('en'),
						half === undefined ? '–' : latencyText(half),
						most === undefined ? '–' : latencyText(most),
					],
				}))}
			/>
		</Chart>
	);
};

/** From point to point, where one day follows the other: over a day without deliveries no line says anything. */
const Curve = ({ points, line, days }: { points: Point[]; line: string; days: number }) =>
	points.map(({ index, place }, at) => {
		const next = points[at + 1];
		return (
			next?.index === index + 1 && (
				<line
					class={line}
					x1={percent(middleOf(index, days))}
					y1={percent(place)}
					x2={percent(middleOf(next.index, days))}
					y2={percent(next.place)}
				/>
			)
		);
	});
