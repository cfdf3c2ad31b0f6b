import type { ChartFacet } from './chart-wish.ts';
import type { DayTally } from './tally.ts';

/** One layer of the stack: how many leads on each day. */
export interface Series {
	kind: 'value' | 'others' | 'notSaid' | 'erased';
	/** Of a value alone. */
	value?: string;
	/** Of others: how many values these are. */
	values?: number;
	days: number[];
	total: number;
}

/** So many values have a layer of their own. */
export const mostValues = 5;

/** The commonest values, the commonest first, and then what is left: other values, leads that do not say it, and erased ones of which it is not known. */
export function chooseSeries(days: DayTally[], facet: ChartFacet): Series[] {
	const totals = new Map<string, number>();
	for (const { values } of days) for (const [value, number] of values[facet]) totals.set(value, (totals.get(value) ?? 0) + number);
	totals.delete('');
	const sorted = [...totals].sort(([one, ones], [other, others]) => others - ones || (one < other ? -1 : 1)).map(([value]) => value);
	// A layer for one other value takes no more room than a layer for others.
	const shown = sorted.length === mostValues + 1 ? mostValues + 1 : mostValues;
	const top = sorted.slice(0, shown);
	const rest = new Set(sorted.slice(shown));
	const series = (kind: Series['kind'], of: (day: DayTally) => number, more: Partial<Series> = {}): Series => {
		const perDay = days.map(of);
		return { kind, days: perDay, total: perDay.reduce((sum, number) => sum + number, 0), ...more };
	};
	const inRest = ({ values }: DayTally) => [...values[facet]].reduce((sum, [value, number]) => sum + (rest.has(value) ? number : 0), 0);
	return [
		...top.map((value) => series('value', ({ values }) => values[facet].get(value) ?? 0, { value })),
		series('others', inRest, { values: rest.size }),
		series('notSaid', ({ values }) => values[facet].get('') ?? 0),
		series('erased', ({ unknown }) => unknown[facet]),
	].filter(({ total }) => total > 0);
}
