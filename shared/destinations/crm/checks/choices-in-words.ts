import type { Choice } from '../metadata/lead-column.ts';

/** `10 Basic, 20 Professional`; not endlessly many. */
export const choicesInWords = (choices: Choice[]): string =>
	choices
		.slice(0, 20)
		.map(({ value, labels }) => `${value} ${labels[0] ?? ''}`.trim())
		.join(', ') || 'none';
