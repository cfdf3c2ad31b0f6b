import { type SchemaError, type SchemaPart, schemaSentences } from '../basics/schema-sentences.ts';
import type { DestinationKind } from '../delivery/destination-kind.ts';
import type { RouteIssue } from './route.ts';
import { routesSchema } from './routes-schema.ts';

/** Every violation of the rules' schema as a sentence that names rule and member; one for a member, however many ways it is wrong in. */
export function routeSentences(errors: readonly SchemaError[], rules: unknown, kinds: readonly DestinationKind[]): RouteIssue[] {
	if (errors.length === 0) return [];
	const { items: schema, definitions } = routesSchema(kinds) as { items: SchemaPart; definitions: Record<string, SchemaPart> };
	return schemaSentences(errors, rules, { schema, definitions, called: 'the rule', depth, wrong }).map(({ entry, problem }) =>
		entry === undefined
			? { problem: 'is not a list of rules in [ ]' }
			: { rule: Number(entry) + 1, problem: `rule ${Number(entry) + 1}: ${problem}` },
	);
}

/** What is inside a member is told as the member's: of a list its entries, of a column what it gets. */
const depth = (path: readonly string[]) => (path[1] === 'campaign' || path[1] === 'fields' ? 3 : 2);

function wrong(keyword: string, value: unknown): string | undefined {
	if (keyword === 'type') return `is ${kindOf(value)}`;
	if (keyword.startsWith('min') || (typeof value === 'string' && value.trim() === '')) return 'is empty';
	if (keyword === 'maxLength') return 'is too long';
	return keyword === 'maxProperties' ? 'has `journalOnly` and something else' : undefined;
}

function kindOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'a list';
	return { object: 'an object', string: 'text', boolean: 'true or false' }[typeof value as string] ?? 'a number';
}
