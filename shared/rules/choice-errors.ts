import type { SchemaError } from '../basics/schema-sentences.ts';
import { type DestinationKind, namesOf } from '../delivery/destination-kind.ts';
import { chosenNames } from './to-route.ts';

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
