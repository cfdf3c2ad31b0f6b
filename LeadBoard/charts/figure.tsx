/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx';
import type { Finding } from './findings.ts';
import { dayNaming, percent, shortDay } from './scale.ts';

/** A sentence that names what leads say: each in a direction of its own. */
export const FindingText = ({ finding, id }: { finding: Finding; id: string }) => (
	<p class="finding" id={id}>
		{finding.map((part) => (typeof part === 'string' ? part : <bdi>{part.said}</bdi>))}
	</p>
);

/** A chart with its heading, and the sentence that says what it shows and names it. */
export const Chart = ({ id, title, finding, children }: { id: string; title: string; finding: Finding; children?: Child }) => (
	<section class="card chart" aria-labelledby={id}>
		<h2 id={id}>{title}</h2>
		<FindingText finding={finding} id={`${id}-finding`} />
		{children}
	</section>
);

export interface Axis {
	/** From the bottom: where (0 to 1) and what it is called. */
	ticks: { place: number; label: string }[];
	days: string[];
}

/** The middle of a day's column; 0 to 1. */
export const middleOf = (index: number, days: number): number => (index + 0.5) / days;

/**
 * What is drawn over days, between its two axes. Places are in per cent, so that the names keep their size whatever the width of the screen; no style
 * attribute is needed, which the policy of the page forbids.
 */
export const Plot = ({ id, title, axis: { ticks, days }, children }: { id: string; title: string; axis: Axis; children?: Child }) => (
	<div class="plot">
		<svg aria-hidden="true" focusable="false">
			{ticks.map(({ place, label }) => (
				<text x="3rem" y={percent(1 - place)} dy="4" text-anchor="end">
					{label}
				</text>
			))}
		</svg>
		<svg role="img" aria-labelledby={`${id}-finding`} focusable="false">
			<title>{title}</title>
			{ticks.map(({ place }, index) => (
				<line class={index === 0 ? 'base' : 'grid'} x1="0%" x2="100%" y1={percent(1 - place)} y2={percent(1 - place)} />
			))}
			{children}
		</svg>
		<svg class="names" aria-hidden="true" focusable="false">
			{days.map((day, index) => {
				const naming = dayNaming(index, days.length);
				return (
					naming && (
						<text class={naming} x={percent(middleOf(index, days.length))} y="16" text-anchor="middle">
							{shortDay(day)}
						</text>
					)
				);
			})}
		</svg>
	</div>
);

/** What a pointer over a day is told. */
export const DayHits = ({ days, tell }: { days: string[]; tell: (index: number) => string }) =>
	days.map((_, index) => (
		<rect class="hit" x={percent(index / days.length)} width={percent(1 / days.length)} y="0%" height="100%">
			<title>{tell(index)}</title>
		</rect>
	));

/** The numbers of a chart, behind a line that opens them. */
export const NumbersTable = ({ of, head, rows }: { of: string; head: Child[]; rows: { head: Child; cells: Child[] }[] }) => (
	<details>
		<summary>The same as a table</summary>
		<section class="table tall" tabindex={0} aria-label={`Table: ${of}`}>
			<table>
				<thead>
					<tr>
						{head.map((name, index) => (
							<th scope="col" class={index > 0 ? 'num' : undefined}>
								{name}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{rows.map(({ head, cells }) => (
						<tr>
							<th scope="row">{head}</th>
							{cells.map((cell) => (
								<td class="num">{cell}</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</section>
	</details>
);

/** Parts of a whole beside each other, in a cell of a table that says the numbers. */
export const ShareBar = ({ parts, of }: { parts: { fill: string; number: number }[]; of: number }) => {
	let at = 0;
	return (
		<svg class="share layers" aria-hidden="true" focusable="false">
			{parts.map(({ fill, number }) => {
				const x = at;
				at += number;
				return number > 0 && <rect x={percent(x / of)} width={percent(number / of)} y="0%" height="100%" fill={fill} />;
			})}
		</svg>
	);
};
