/** @jsxImportSource hono/jsx */
import { withFilter } from '../leads/read-filter.ts';
import type { ChartFacet } from './chart-wish.ts';
import { chooseSeries, type Series } from './choose-series.ts';
import { Chart, DayHits, NumbersTable, Plot } from './figure.tsx';
import { fillOf, layerFills, Swatch } from './fills.tsx';
import { counted, leadsFinding, saidText } from './findings.ts';
import { countTicks, longDay, percent } from './scale.ts';
import { sumOf } from './sum-days.ts';
import type { DayTally } from './tally.ts';

/** A text of the filter of the list holds no more. */
const longestFilter = 200;
/** The part of a day's width that its column takes. */
const columnWidth = 0.78;

const nameOf = (by: ChartFacet, { kind, value = '', values = 0 }: Series): string =>
	kind === 'value' ? saidText(by, value) : { others: `others (${values})`, notSaid: 'not said', erased: 'erased, not known' }[kind];

/** Leads a day, stacked by what they say. */
export const LeadsChart = ({ days, by, today }: { days: DayTally[]; by: ChartFacet; today: string }) => {
	const id = 'leads-a-day';
	const title = `Leads a day by ${by}`;
	const series = chooseSeries(days, by);
	const layers = series.map((layer, index) => ({
		...layer,
		name: nameOf(by, layer),
		fill: layer.kind === 'value' ? index + 1 : layerFills[layer.kind],
	}));
	const leads = sumOf(days.map(({ leads }) => leads));
	const several = sumOf(days.map(({ several }) => several));
	const heights = days.map((_, day) => sumOf(layers.map(({ days: counts }) => counts[day] ?? 0)));
	const ticks = countTicks(Math.max(...heights, 0));
	const top = ticks.at(-1) ?? 1;
	const names = days.map(({ day }) => day);
	const tell = (index: number) => {
		const said = layers.flatMap(({ name, days: counts }) => (counts[index] ? [`\u2068${name}\u2069: ${counts[index]}`] : []));
		return [`${longDay(names[index] ?? '')}: ${counted(days[index]?.leads ?? 0, 'lead')}`, ...said].join('\n');
	};
	return (
		<Chart id={id} title={title} finding={leadsFinding({ by, leads, series })}>
			<figure>
				<Plot
					id={id}
					title={title}
					axis={{ days: names, ticks: ticks.map((tick) => ({ place: tick / top, label: tick.toLocaleString('en') })) }}
				>
					<g class={days.length > 31 ? 'layers dense' : 'layers'}>
						{days.map((_, day) => {
							let below = 0;
							return layers.map(({ fill, days: counts }) => {
								const count = counts[day] ?? 0;
								below += count;
								return (
									count > 0 && (
										<rect
											x={percent((day + (1 - columnWidth) / 2) / days.length)}
											width={percent(columnWidth / days.length)}
											y={percent(1 - below / top)}
											height={percent(count / top)}
											fill={fillOf(fill)}
										/>
									)
								);
							});
						})}
					</g>
					<DayHits days={names} tell={tell} />
				</Plot>
				{layers.length > 0 && (
					<ul class="legend" aria-label="Layers, from the bottom to the top">
						{layers.map(({ kind, value = '', name, fill, total }) => (
							<li>
								<Swatch fill={fill} />
								{kind === 'value' && value.length <= longestFilter ? (
									<a href={withFilter('/board/leads', { [by]: value, since: names[0] ?? today })}>
										<bdi>{name}</bdi>
									</a>
								) : (
									<bdi>{name}</bdi>
								)}{' '}
								{total.toLocaleString('en')}
							</li>
						))}
					</ul>
				)}
			</figure>
			{several > 0 && (
				<p class="hint">
					{counted(several, 'lead names', 'leads name')} several campaigns and {several === 1 ? 'is' : 'are'} in the columns under each.
				</p>
			)}
			<NumbersTable
				of={title}
				head={['Day (UTC)', 'Leads', ...layers.map(({ name }) => <bdi>{name}</bdi>)]}
				rows={days.map(({ day, leads }, index) => ({
					head: (
						<>
							<a href={withFilter('/board/leads', { since: day, until: day })}>{day}</a>
							{day === today && ' (so far)'}
						</>
					),
					cells: [leads, ...layers.map(({ days: counts }) => counts[index] ?? 0)],
				}))}
			/>
		</Chart>
	);
};
