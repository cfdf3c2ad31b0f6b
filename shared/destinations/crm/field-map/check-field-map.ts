import { type SchemaError, schemaSentences, toMember } from '../../../basics/schema-sentences.ts';
import { parseJsonTree, repeatedMembers } from '../../../lead/json-tree.ts';
import { checkTemplate } from '../../../templates/check-template.ts';
import validate from './field-map.schema.generated.cjs';
import schema from './field-map.schema.json' with { type: 'json' };
import type { FieldEntry, FieldMap } from './field-map.ts';

export interface CheckedFieldMap {
	/** The columns that are right. */
	fields: FieldMap;
	/** What is wrong with the others, which are left out. */
	issues: FieldIssue[];
}

/** Columns that are filled in another way, or not at all. */
const ours: Record<string, string> = {
	ownerid: 'is set by DATAVERSE_OWNER',
	leadid: 'is the lead id',
	statecode: 'is left to Dynamics 365',
	statuscode: 'is left to Dynamics 365',
	overriddencreatedon: 'is the time at which the lead arrived',
};
const neverEmpty = ['subject', 'lastname', 'description'];

/** Checks a field map that was JSON: `DATAVERSE_FIELDS`, or the `fields` of a route. Never throws, never quotes a value. */
export function checkFieldMap(map: unknown): CheckedFieldMap {
	const issues = validate(map) ? [] : fieldSentences(validate.errors ?? [], map);
	if (issues.some(({ column }) => column === undefined)) return { fields: {}, issues };
	const entries = Object.entries(map as Record<string, unknown>);
	const misshapen = new Set(issues.map(({ column }) => column));
	for (const [column, entry] of entries)
		for (const problem of misshapen.has(column) ? problemsOfMisshapen(column, entry) : problemsOf(column, entry as FieldEntry))
			issues.push({ column, problem: `column \`${column}\`: ${problem}` });
	const wrong = new Set(issues.map(({ column }) => column));
	return { fields: Object.fromEntries(entries.filter(([column]) => !wrong.has(column))) as FieldMap, issues };
}

function problemsOf(column: string, entry: FieldEntry): string[] {
	if (Object.hasOwn(ours, column)) return [`${ours[column]}, leave it out`];
	if (entry === null) return neverEmpty.includes(column) ? ['is never empty; allowed: a value'] : [];
	if (typeof entry !== 'object') return templateProblems(entry);
	if (!('lookup' in entry)) return templateProblems(entry.value);
	if ('type' in entry) return ['has `lookup` and `type`; allowed: one of them'];
	return typeof entry.value === 'string' ? templateProblems(entry.value) : ['`value` of a lookup is not text; allowed: text'];
}

/** What else is wrong with a column whose entry is not as the schema says, so that all is told together. */
function problemsOfMisshapen(column: string, entry: unknown): string[] {
	if (Object.hasOwn(ours, column)) return [`${ours[column]}, leave it out`];
	const { value = entry } = Object(entry) as { value?: unknown };
	return typeof value === 'string' ? templateProblems(value) : [];
}

const templateProblems = (value: string | number | boolean) =>
	typeof value === 'string' ? checkTemplate(value, 'text').map((problem) => `the template ${problem}`) : [];

/** Reads `DATAVERSE_FIELDS`. Never throws, never quotes a value. */
export function readFieldMap(text: string): CheckedFieldMap {
	const tree = parseJsonTree(text);
	if (!tree.ok) return { fields: {}, issues: [{ problem: tree.problem }] };
	const { fields, issues } = checkFieldMap(JSON.parse(text));
	for (const member of repeatedMembers(tree.root)) {
		const column = member.split('.')[0] ?? member;
		issues.push({ column, problem: `column \`${column}\`: \`${member}\` is given more than once` });
		delete fields[column];
	}
	return { fields, issues };
}

/** What is wrong with a column's entry, or with the whole map. */
interface FieldIssue {
	/** Absent when it is about all of them. */
	column?: string;
	/** A sentence that names column and member, never a value: ``column `new_x`: `typ` is not a property; did you mean `type`?`` */
	problem: string;
}

/** Every violation of the map's schema as a sentence; one for each member. */
function fieldSentences(errors: readonly SchemaError[], map: unknown): FieldIssue[] {
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
