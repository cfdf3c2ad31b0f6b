import { namesInWords, type SchemaError, type SchemaPart, schemaSentences } from '../basics/schema-sentences.ts';
import { type DestinationKind, namesOf } from '../delivery/destination-kind.ts';
import schema from './routes.schema.json' with { type: 'json' };
import type { RouteIssue } from './routes.ts';
import { chosenNames } from './to-route.ts';

/**
 * The schema of the rules together with what the destinations that there are let them choose: for editors, and for sentences.
 *
 * @param patterns regular expressions of further names, which settings make
 */
export function routesSchema(kinds: readonly DestinationKind[], patterns: readonly string[] = []): object {
	const { choose, ...members } = schema.items.properties;
	const { journalOnly, destinations } = choose.properties;
	const names = namesOf(kinds);
	const parts = kinds.map(({ choices }) => choices.schema);
	return {
		...schema,
		items: {
			...schema.items,
			properties: {
				...members,
				choose: {
					...choose,
					additionalProperties: false,
					properties: {
						destinations: {
							...destinations,
							items: patterns.length > 0 ? { anyOf: [{ enum: names }, ...patterns.map((pattern) => ({ pattern }))] } : { enum: names },
							allowed: namesInWords(names),
							examples: [names.slice(0, 1), names],
						},
						...Object.assign({}, ...parts.map(({ properties }) => properties)),
						journalOnly,
					},
				},
			},
		},
		definitions: { ...schema.definitions, ...Object.assign({}, ...parts.map(({ definitions }) => definitions)) },
	};
}

/** What is wrong with the members of choices that belong to destinations, told as the rules' own schema tells what is wrong with the rest. */
export function choiceErrors(rules: unknown, kinds: readonly DestinationKind[]): SchemaError[] {
	if (!Array.isArray(rules)) return [];
	return rules.flatMap((rule: unknown, index) => {
		const { choose } = Object(rule) as { choose?: unknown };
		if (typeof choose !== 'object' || choose === null || Array.isArray(choose)) return [];
		const path = `/${index}/choose`;
		return Object.entries(choose).flatMap(([member, value]): SchemaError[] => {
			if (member === 'journalOnly') return [];
			if (member === 'destinations') return nameErrors(value, `${path}/destinations`, kinds);
			const owner = kinds.find(({ choices }) => Object.hasOwn(choices.schema.properties, member));
			if (!owner) return [{ keyword: 'additionalProperties', instancePath: path, params: { additionalProperty: member } }];
			const { validate } = owner.choices;
			if (validate({ [member]: value })) return [];
			return (validate.errors ?? []).map((error) => ({ ...error, instancePath: path + error.instancePath }));
		});
	});
}

/** Names of no destination; the schema reports values that are not text. */
function nameErrors(value: unknown, path: string, kinds: readonly DestinationKind[]): SchemaError[] {
	const known = namesOf(kinds);
	if (typeof value === 'string') {
		const names = chosenNames(value);
		return names.length > 0 && names.every((name) => known.includes(name)) ? [] : [{ keyword: 'format', instancePath: path, params: {} }];
	}
	if (!Array.isArray(value)) return [];
	return value.flatMap((name: unknown, index) =>
		typeof name !== 'string' || known.includes(name)
			? []
			: [{ keyword: 'enum', instancePath: `${path}/${index}`, params: { allowedValues: known } }],
	);
}

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
