/** @jsxImportSource hono/jsx */
import { timeText } from '../../shared/operate/time-words.ts';
import { type ChartWish, chartFacets, ranges } from './chart-wish.ts';
import { Fills } from './fills.tsx';
import { counted } from './findings.ts';
import { LatencyChart } from './latency-chart.tsx';
import { LeadsChart } from './leads-chart.tsx';
import { mostLeads, type Tally } from './read-tally.ts';
import type { Waiting } from './read-waiting.ts';
import { OutcomesChart, WaitingChart } from './state-charts.tsx';
import { sumOf } from './sum-days.ts';

export interface ChartsPageProps {
	wish: ChartWish;
	problems: string[];
	tally: Tally;
	waiting: Waiting;
	destinations: readonly string[];
	/** Milliseconds since the epoch. */
	now: number;
}

/** How many leads there were, what became of them, how long it took, and what waits. */
export const ChartsPage = ({ wish, problems, tally, waiting, destinations, now }: ChartsPageProps) => {
	const { days, at, cut } = tally;
	const today = new Date(at).toISOString().slice(0, 10);
	const tests = sumOf(days.map(({ tests }) => tests));
	return (
		<>
			<Fills />
			<div class="head">
				<h1>Charts</h1>
				<p class="muted small">
					Leads of the last {wish.days} days, by the day on which they were received. Days are UTC; today is not over. Tests are left out
					{tests > 0 && `: ${tests.toLocaleString('en')}`}, except from what waits now.
				</p>
			</div>
			<section aria-label="Choice">
				<form class="card filters" method="get" action="/board/charts">
					<Choice
						name="days"
						label="Time"
						value={String(wish.days)}
						choices={ranges.map((range) => [String(range), `last ${range} days`])}
					/>
					<Choice name="by" label="Leads a day by" value={wish.by} choices={chartFacets.map((facet) => [facet, facet])} />
					<Choice
						name="destination"
						label="Delivery time at"
						value={wish.destination ?? ''}
						choices={[['', 'all destinations'], ...destinations.map((name): [string, string] => [name, name])]}
					/>
					<div class="acts">
						<button type="submit" class="first">
							Show
						</button>
					</div>
				</form>
				{problems.map((problem) => (
					<p class="alarm warn">{problem} The usual is shown.</p>
				))}
				{cut && (
					<p class="alarm warn">
						{cut === 'before'
							? `Only the newest leads were read, ${mostLeads.toLocaleString('en')} at most: the charts begin on ${days[0]?.day}.`
							: `Only the newest leads were read, ${mostLeads.toLocaleString('en')} at most: ${counted(days.length, 'day')} is shown, and not all of it.`}{' '}
						<code>npm run leads -- stats</code> counts all.
					</p>
				)}
			</section>
			<LeadsChart days={days} by={wish.by} today={today} />
			<OutcomesChart days={days} destinations={destinations} />
			<LatencyChart days={days} destination={wish.destination} today={today} />
			<WaitingChart waiting={waiting} now={now} />
			<p class="muted small">Read at {timeText(at)} UTC; leads are counted again after a minute.</p>
		</>
	);
};

const Choice = ({ name, label, value, choices }: { name: string; label: string; value: string; choices: [string, string][] }) => (
	<label>
		{label}
		<select name={name}>
			{choices.map(([choice, words]) => (
				<option value={choice} selected={choice === value}>
					{words}
				</option>
			))}
		</select>
	</label>
);
