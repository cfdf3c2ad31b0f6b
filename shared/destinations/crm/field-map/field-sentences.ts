import type { ErrorObject } from 'ajv';
import { didYouMean } from '../../../basics/did-you-mean.ts';
import schema from './field-map.schema.json' with { type: 'json' };

/** What is wrong with a column's entry, or with the whole map. */
export interface FieldIssue {
	/** Absent when it is about all of them. */
	column?: string;
	/** A sentence that names column and member, never a value: ``column `new_x`: `typ` is not a property; did you mean `type`?`` */
	problem: string;
}

const entry = schema.additionalProperties;
const members: Record<string, { allowed?: string } | undefined> = entry.properties;

/** Every violation of the map's schema as a sentence; one for each member. */
export function fieldSentences(errors: readonly ErrorObject[]): FieldIssue[] {
	const issues = new Map<string, FieldIssue>();
	for (const error of errors) {
		const [column = error.propertyName, member] = error.instancePath.split('/').slice(1).map(fromPointer);
		const key = `${column} ${member ?? error.params.additionalProperty ?? error.params.missingProperty ?? ''}`;
		if (issues.has(key) || error.keyword === 'propertyNames') continue;
		if (column === undefined) issues.set(key, { problem: `is not an object in { }` });
		else issues.set(key, { column, problem: `column \`${shorten(column)}\`: ${sentence(error, member)}` });
	}
	return [...issues.values()];
}

function sentence({ keyword, params, propertyName }: ErrorObject, member: string | undefined): string {
	if (propertyName !== undefined) {
		const lower = propertyName.toLowerCase();
		const hint =
			lower !== propertyName && /^[a-z][a-z0-9_]*$/.test(lower) ? `did you mean \`${shorten(lower)}\`?` : 'allowed: a logical name';
		return `is not a logical name of a column; ${hint}`;
	}
	if (keyword === 'additionalProperties') {
		const name = String(params.additionalProperty);
		const meant = didYouMean(name, Object.keys(members));
		return `\`${shorten(name)}\` is not a property; ${meant ? `did you mean \`${meant}\`?` : `allowed: ${Object.keys(members).join(', ')}`}`;
	}
	if (keyword === 'required') return `\`${params.missingProperty}\` is missing`;
	if (keyword === 'dependencies') return '`by` is given without `lookup`; allowed: the entity set as `lookup`';
	const allowed = (member === undefined ? entry.allowed : members[member]?.allowed) ?? 'a value that fits the schema';
	return `${member === undefined ? 'the value' : `\`${member}\``} is not valid; allowed: ${allowed}`;
}

const fromPointer = (segment: string) => segment.replaceAll('~1', '/').replaceAll('~0', '~');
const shorten = (name: string) => (name.length > 40 ? `${name.slice(0, 40).toWellFormed()}…` : name);
