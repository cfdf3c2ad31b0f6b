import { didYouMean } from '../basics/did-you-mean.ts';
import type { DestinationKind, SchemaError } from '../delivery/destination-kind.ts';
import type { RouteIssue } from './route.ts';
import { routesSchema } from './routes-schema.ts';

/** What of a schema the sentences are made of. */
interface Part {
	allowed?: string;
	type?: string | string[];
	enum?: string[];
	$ref?: string;
	properties?: Record<string, Part>;
	additionalProperties?: Part | boolean;
	items?: Part;
}

interface Schema {
	items: Part;
	definitions: Record<string, Part>;
}

/** Every violation of the rules' schema as a sentence that names rule and member; one for a member, however many ways it is wrong in. */
export function routeSentences(errors: readonly SchemaError[], rules: unknown, kinds: readonly DestinationKind[]): RouteIssue[] {
	if (errors.length === 0) return [];
	const schema = routesSchema(kinds) as Schema;
	const issues = new Map<string, RouteIssue>();
	for (const error of errors) {
		const [index, ...path] = error.instancePath.split('/').slice(1).map(fromPointer);
		const known = error.keyword === 'additionalProperties' || error.keyword === 'required';
		const about = known
			? `${error.instancePath} ${Object.values(error.params).join()}`
			: `${index} ${path.slice(0, memberDepth(path)).join('/')}`;
		if (issues.has(about)) continue;
		if (index === undefined) issues.set(about, { problem: 'is not a list of rules in [ ]' });
		else
			issues.set(about, {
				rule: Number(index) + 1,
				problem: `rule ${Number(index) + 1}: ${sentence(schema, error, path, valueAt(rules, [index, ...path]))}`,
			});
	}
	return [...issues.values()];
}

/** What is inside a member is told as the member's: of a list its entries, of a column what it gets. */
const memberDepth = (path: string[]) => (path[1] === 'campaign' || path[1] === 'fields' ? 3 : 2);

function sentence(schema: Schema, { keyword, params }: SchemaError, path: string[], value: unknown): string {
	if (keyword === 'additionalProperties') {
		const name = String(params.additionalProperty);
		const known = Object.keys(partAt(schema, path)?.properties ?? {});
		const meant = didYouMean(name, known);
		return `\`${toMember([...path, name])}\` is not a property; ${meant ? `did you mean \`${meant}\`?` : `allowed: ${known.join(', ')}`}`;
	}
	if (keyword === 'required') return `\`${toMember([...path, String(params.missingProperty)])}\` is missing`;
	const member = path.slice(0, memberDepth(path));
	const entry = /^\d+$/.test(path[member.length] ?? '') ? ` (number ${Number(path[member.length]) + 1})` : '';
	const allowed = allowedAt(schema, member);
	const meant = keyword === 'enum' && typeof value === 'string' ? didYouMean(value, params.allowedValues as string[]) : undefined;
	const hint = meant ? `did you mean \`${meant}\`?` : `allowed: ${allowed}`;
	return `${member.length > 0 ? `\`${toMember(member)}\`` : 'the rule'}${entry} ${wrong(keyword, value)}; ${hint}`;
}

function wrong(keyword: string, value: unknown): string {
	if (keyword === 'type') return `is ${kindOf(value)}`;
	if (keyword.startsWith('min') || (typeof value === 'string' && value.trim() === '')) return 'is empty';
	if (keyword === 'maxLength') return 'is too long';
	return keyword === 'maxProperties' ? 'has `journalOnly` and something else' : 'is not valid';
}

function kindOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object'
		? 'an object'
		: typeof value === 'string'
			? 'text'
			: typeof value === 'boolean'
				? 'true or false'
				: 'a number';
}

/** The schema of a member of a rule. */
function partAt(schema: Schema, path: readonly string[]): Part | undefined {
	let part: Part | undefined = schema.items;
	for (const name of path) {
		const next: Part | boolean | undefined = part?.properties?.[name] ?? part?.additionalProperties ?? part?.items;
		part = typeof next === 'object' ? next : undefined;
	}
	return part;
}

function allowedAt(schema: Schema, path: readonly string[]): string {
	const part = partAt(schema, path);
	const definition = part?.$ref && schema.definitions[part.$ref.replace('#/definitions/', '')];
	return part?.allowed ?? (definition ? definition.allowed : undefined) ?? 'a value that fits the schema';
}

const valueAt = (value: unknown, path: readonly string[]): unknown =>
	path.reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], value);

/** RFC 6901. */
const fromPointer = (segment: string) => segment.replaceAll('~1', '/').replaceAll('~0', '~');

/** Names are the publisher's own; what is too long for one is shortened. */
const toMember = (path: readonly string[]) =>
	path.map((name) => (name.length > 40 ? `${name.slice(0, 40).toWellFormed()}…` : name)).join('.');
