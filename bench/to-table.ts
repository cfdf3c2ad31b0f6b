import { type Figure, isReached, rounded } from './figure.ts';

/** The figures as a Markdown table. */
export function toTable(figures: readonly Figure[]): string {
	const rows = figures.map((figure) => {
		const { part, what, value, unit, aim, note = '' } = figure;
		const aimText = !aim ? '' : 'atMost' in aim ? `≤ ${aim.atMost}` : `≥ ${aim.atLeast}`;
		const reached = isReached(figure);
		return [
			part,
			what,
			`${rounded(value).toLocaleString('en-GB')} ${unit}`.trim(),
			aimText,
			reached === undefined ? '' : reached ? 'yes' : 'not reached',
			note,
		];
	});
	const head = ['part', 'what', 'measured', 'aim', 'reached', 'spread or parts'];
	const widths = head.map((text, column) => Math.max(text.length, ...rows.map((row) => (row[column] ?? '').length)));
	const line = (cells: string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
	return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
