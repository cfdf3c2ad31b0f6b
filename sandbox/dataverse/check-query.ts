import type { Refusal } from '../refusal.ts';
import { noProperty } from './select-columns.ts';

/** The system query options that the sandbox answers, by what is asked; `$expand` only of the metadata of columns. */
const understood: [RegExp, string[]][] = [
	[/^EntityDefinitions\(LogicalName='lead'\)\/Attributes/, ['$select', '$expand', '$filter']],
	[/^EntityDefinitions\(LogicalName='lead'\)\//, ['$select', '$filter']],
	[/^EntityDefinitions$/, ['$select', '$filter', '$expand']],
	[/^\w+$/, ['$select', '$filter', '$top']],
	[/^\w+\([^)]*\)$/, ['$select']],
];

/**
 * Refuses a query option that would otherwise be passed over: Dataverse does as it says, or refuses it, and never answers as if it were not there. Found by
 * asking with clients that others wrote.
 */
export function checkQuery(resource: string, query: Record<string, string>): Refusal | undefined {
	const options = understood.find(([pattern]) => pattern.test(resource))?.[1] ?? [];
	const unknown = Object.keys(query).find((name) => !options.includes(name));
	if (unknown === undefined) return undefined;
	const message = `The sandbox does not understand the query option '${unknown}' here; it understands ${options.join(', ') || 'none'}.`;
	return { status: 400, code: '0x80060888', message };
}

/** Refuses a filter on a column that the table does not have. */
export function checkFilter(filter: string | undefined, columns: readonly string[], type: string): Refusal | undefined {
	const named = Array.from((filter ?? '').replace(/'[^']*'/g, '').matchAll(/(\w+)\s+eq\s/g), ([, name = '']) => name);
	const unknown = named.find((name) => !columns.includes(name));
	return unknown === undefined ? undefined : noProperty(unknown, type);
}
