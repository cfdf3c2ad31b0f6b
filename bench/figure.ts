/** One line of the bench's table. */
export interface Figure {
	part: string;
	what: string;
	value: number;
	unit: string;
	/** What we aim at, when there is such a thing. */
	aim?: { atMost: number } | { atLeast: number };
	/** What the value is made of, or how it varied. */
	note?: string;
}

/** Undefined where there is no aim. */
export function isReached({ value, aim }: Figure): boolean | undefined {
	if (!aim) return undefined;
	return 'atMost' in aim ? value <= aim.atMost : value >= aim.atLeast;
}

/** The value below which a share (0 to 1) of the values lies; the nearest one that was measured. */
export function percentile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((one, other) => one - other);
	return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Three digits that count. */
export const rounded = (value: number): number => (Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

/** From the smallest to the greatest, for a note. */
export const spread = (values: readonly number[]): string =>
	`${rounded(Math.min(...values))} to ${rounded(Math.max(...values))} in ${values.length}`;
