import type { Summary } from '../journal.ts';
import { parseColumn } from './parse-column.ts';

const kinds: Record<string, 'string' | 'boolean'> = {
	name: 'string',
	company: 'string',
	email: 'string',
	offer: 'string',
	action: 'string',
	isTest: 'boolean',
	doNotContact: 'boolean',
} satisfies Record<keyof Summary, 'string' | 'boolean'>;

/** What can be read of a lead's summary: a list is worth more than what one of its rows cannot show. */
export function fromSummaryColumn(column: unknown): Summary {
	const read = Object.entries({ ...(parseColumn(column) as object) });
	return Object.fromEntries(read.filter(([name, value]) => typeof value === kinds[name]));
}
