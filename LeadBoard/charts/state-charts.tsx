/** @jsxImportSource hono/jsx */
import { withFilter } from '../leads/read-filter.ts';
import { Chart, ShareBar } from './figure.tsx';
import { fillOf, layerFills, Swatch } from './fills.tsx';
import { outcomesFinding, waitingFinding } from './findings.ts';
import type { Waiting } from './read-waiting.ts';
import { type Outcomes, outcomesIn, sumOf } from './sum-days.ts';
import type { DayTally } from './tally.ts';

/** How each state is called and drawn. */
const states: [state: keyof Outcomes, name: string, fill: number][] = [
	['delivered', 'Delivered', 3],
	['erased', 'Delivered, erased since', layerFills.erased],
	['pending', 'Waiting', 2],
	['parked', 'Parked', 5],
	['closed', 'Closed', 7],
	['unreadable', 'Not readable', 8],
];

/** What became of the deliveries, by destination: each bar is the whole of its destination. */
export const OutcomesChart = ({ days, destinations }: { days: DayTally[]; destinations: readonly string[] }) => {
	const outcomes = outcomesIn(days, destinations);
	const seldom: (keyof Outcomes)[] = ['erased', 'unreadable'];
	const shown = states.filter(([state]) => !seldom.includes(state) || outcomes.some(([, counts]) => counts[state]));
	const since = days[0]?.day ?? '';
	return (
		<Chart id="outcomes" title="Outcomes by destination" finding={outcomesFinding(outcomes)}>
			<div class="table">
				<table class="stack">
					<thead>
						<tr>
							<th scope="col">Destination</th>
							<th scope="col">Share</th>
							{shown.map(([, name]) => (
								<th scope="col" class="num">
									{name}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{outcomes.map(([destination, counts]) => (
							<tr>
								<th scope="row">{destination}</th>
								<td class="bar">
									<ShareBar
										of={sumOf(Object.values(counts))}
										parts={shown.map(([state, , fill]) => ({ fill: fillOf(fill), number: counts[state] ?? 0 }))}
									/>
								</td>
								{shown.map(([state, name]) => (
									<td class="num" data-label={name}>
										<Count state={state} number={counts[state] ?? 0} query={{ destination, since }} />
									</td>
								))}
							</tr>
						))}
					</tbody>
				</table>
			</div>
			<Legend fills={shown.map(([, name, fill]) => [name, fill])} />
			{shown.some(([state]) => state === 'erased') && (
				<p class="hint">Of erased leads, only the deliveries that arrived are known. These leads are in no list any more.</p>
			)}
		</Chart>
	);
};

/** A number that leads to the leads that it counts, where there are any. */
const Count = ({ state, number, query }: { state: keyof Outcomes; number: number; query: { destination: string; since: string } }) =>
	number > 0 && state !== 'erased' ? (
		<a href={withFilter('/board/leads', { state, ...query })}>{number.toLocaleString('en')}</a>
	) : (
		number.toLocaleString('en')
	);

/** What waits, by the age of its leads, whenever they were received. */
export const WaitingChart = ({ waiting, now }: { waiting: Waiting; now: number }) => {
	const most = Math.max(...waiting.ages.map(({ waiting, parked }) => waiting + parked), 1);
	return (
		<Chart id="waiting" title="Age of what waits now" finding={waitingFinding(waiting, now)}>
			<div class="table">
				<table class="stack">
					<thead>
						<tr>
							<th scope="col">Received</th>
							<th scope="col">Number</th>
							<th scope="col" class="num">
								Waiting
							</th>
							<th scope="col" class="num">
								Parked
							</th>
						</tr>
					</thead>
					<tbody>
						{waiting.ages.map(({ label, waiting, parked }) => (
							<tr>
								<th scope="row">{label} ago</th>
								<td class="bar">
									<ShareBar
										of={most}
										parts={[
											{ fill: fillOf(2), number: waiting },
											{ fill: fillOf(5), number: parked },
										]}
									/>
								</td>
								<td class="num" data-label="Waiting">
									{waiting.toLocaleString('en')}
								</td>
								<td class="num" data-label="Parked">
									{parked.toLocaleString('en')}
								</td>
							</tr>
						))}
					</tbody>
				</table>
			</div>
			<Legend
				fills={[
					['Waiting for the next attempt, or for LEAD_DESTINATIONS', 2],
					['Parked: waiting for a person', 5],
				]}
			/>
			{waiting.more && <p class="hint">Of each list the first 1,000 are counted; there is more.</p>}
		</Chart>
	);
};

const Legend = ({ fills }: { fills: [name: string, fill: number][] }) => (
	<ul class="legend" aria-label="Parts of the bars">
		{fills.map(([name, fill]) => (
			<li>
				<Swatch fill={fill} />
				{name}
			</li>
		))}
	</ul>
);
