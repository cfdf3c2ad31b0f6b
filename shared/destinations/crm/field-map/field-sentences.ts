import { type SchemaError, schemaSentences, toMember } from '../../../basics/schema-sentences.ts';
import schema from './field-map.schema.json' with { type: 'json' };

/** What is wrong with a column's entry, or with the whole map. */
export interface FieldIssue {
	/** Absent when it is about all of them. */
	column?: string;
	/** A sentence that names column and member, never a value: ``column `new_x`: `typ` is not a property; did you mean `type`?`` */
	problem: string;
}

/** Every violation of the map's schema as a sentence; one for each member. */
export function fieldSentences(errors: readonly SchemaError[], map: unknown): FieldIssue[] {
	const telling = { schema: schema.additionalProperties, called: 'the value', depth: () => 1, ownSentence };
	return schemaSentences(errors, map, telling).map(({ entry: column, problem }) =>
		column === undefined ? { problem: 'is not an object in { }' } : { column, problem: `column \`${toMember([column])}\`: ${problem}` },
	);
}

function ownSentence({ keyword, propertyName }: SchemaError): string | undefined {
	if (keyword === 'dependencies') return '`by` is given without `lookup`; allowed: the entity set as `lookup`';
	if (propertyName === undefined) return undefined;
	const lower = propertyName.toLowerCase();
	const isNear = lower !== propertyName && /^[a-z][a-z0-9_]*$/.test(lower);
	return `is not a logical name of a column; ${isNear ? `did you mean \`${toMember([lower])}\`?` : 'allowed: a logical name'}`;
}
