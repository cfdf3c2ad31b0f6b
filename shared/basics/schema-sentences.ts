import { scheduleProblem } from '../../host/ncrontab.ts';
import { didYouMean } from './did-you-mean.ts';

/** What of a validator's error (ajv's) is told. */
export interface SchemaError {
	keyword: string;
	/** RFC 6901. */
	instancePath: string;
	params: Record<string, unknown>;
	/** When a name is wrong. */
	propertyName?: string;
	schemaPath?: string;
	/** As the validator says it. */
	message?: string;
}

/** What of a schema the sentences are made of. */
export interface SchemaPart {
	/** Completes "allowed: …". */
	allowed?: string;
	$ref?: string;
	properties?: Record<string, SchemaPart>;
	additionalProperties?: SchemaPart | boolean;
	items?: SchemaPart;
}

/** What is wrong with an entry of a list or a map, or with the whole; no value is told. */
export interface Violation {
	/** Its index or its name; undefined when it is about the whole. */
	entry: string | undefined;
	problem: string;
}

/** How the entries of a list or a map are told about. */
interface Telling {
	/** Of one entry. */
	schema: SchemaPart;
	definitions?: Record<string, SchemaPart>;
	/** What an entry is called: `the rule`. */
	called: string;
	/** By how many names a member is told; what is inside it is told as the member's. */
	depth: (path: readonly string[]) => number;
	/** What is wrong with a value, where more can be said than that it is not valid. */
	wrong?: (keyword: string, value: unknown) => string | undefined;
	/** The whole sentence, where it is one of its own. */
	ownSentence?: (error: SchemaError) => string | undefined;
}

/** Every violation of a schema by a list or a map, as a sentence that names the member; one for a member, however many ways it is wrong in. */
export function schemaSentences(errors: readonly SchemaError[], whole: unknown, telling: Telling): Violation[] {
	const told = new Map<string, Violation>();
	for (const error of errors.filter(({ keyword }) => keyword !== 'propertyNames')) {
		const [entry = error.propertyName, ...path] = error.instancePath.split('/').slice(1).map(fromPointer);
		const isOfMember = ['additionalProperties', 'required', 'dependencies'].includes(error.keyword);
		const about = isOfMember
			? `${error.instancePath} ${Object.values(error.params).join()}`
			: `${entry} ${path.slice(0, telling.depth(path)).join('/')}`;
		if (told.has(about)) continue;
		const value = [entry ?? '', ...path].reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], whole);
		told.set(about, { entry, problem: telling.ownSentence?.(error) ?? sentence(error, path, value, telling) });
	}
	return [...told.values()];
}

function sentence({ keyword, params }: SchemaError, path: readonly string[], value: unknown, telling: Telling): string {
	const { schema, depth, called, wrong } = telling;
	if (keyword === 'additionalProperties') {
		const name = String(params.additionalProperty);
		const known = Object.keys(partAt(schema, path)?.properties ?? {});
		return `\`${toMember([...path, name])}\` is not a property; ${hint(name, known, known.join(', '))}`;
	}
	if (keyword === 'required') return `\`${toMember([...path, String(params.missingProperty)])}\` is missing`;
	const member = path.slice(0, depth(path));
	const number = /^\d+$/.test(path[member.length] ?? '') ? ` (number ${Number(path[member.length]) + 1})` : '';
	const subject = member.length > 0 ? `\`${toMember(member)}\`` : called;
	const text = typeof value === 'string' ? value : '';
	const known = keyword === 'enum' && text ? (params.allowedValues as string[]) : [];
	return `${subject}${number} ${wrong?.(keyword, value) ?? 'is not valid'}; ${hint(text, known, allowedAt(telling, member))}`;
}

function hint(written: string, known: readonly string[], allowed: string): string {
	const meant = didYouMean(written, known);
	return meant ? `did you mean \`${meant}\`?` : `allowed: ${allowed}`;
}

/** The schema of a member of an entry. */
function partAt(schema: SchemaPart, path: readonly string[]): SchemaPart | undefined {
	let part: SchemaPart | undefined = schema;
	for (const name of path) {
		const next: SchemaPart | boolean | undefined = part?.properties?.[name] ?? part?.additionalProperties ?? part?.items;
		part = typeof next === 'object' ? next : undefined;
	}
	return part;
}

function allowedAt({ schema, definitions = {} }: Telling, path: readonly string[]): string {
	const part = partAt(schema, path);
	const definition = part?.$ref && definitions[part.$ref.replace('#/definitions/', '')];
	return part?.allowed ?? (definition ? definition.allowed : undefined) ?? 'a value that fits the schema';
}

const fromPointer = (segment: string) => segment.replaceAll('~1', '/').replaceAll('~0', '~');

/** Names are the publisher's own; what is too long for one is shortened. */
export const toMember = (path: readonly string[]) =>
	path.map((name) => (name.length > 40 ? `${name.slice(0, 40).toWellFormed()}…` : name)).join('.');

/**
 * Every violation by its place, in the validator's words. It reports each branch of an `anyOf` beside the `anyOf` itself: only the sum of them is told.
 *
 * @param none says that no branch fits
 */
export function schemaIssues(errors: readonly SchemaError[], none: string): { pointer: string; detail: string }[] {
	const told = errors.filter(({ schemaPath }) => !schemaPath?.startsWith('#/anyOf/'));
	return told.map(({ keyword, instancePath: pointer, message = 'Is not valid.' }) => ({
		pointer,
		detail: keyword === 'anyOf' ? none : message,
	}));
}

const notA: Record<string, string> = {
	duration: 'is not a duration of a fixed length',
	address: 'is not an e-mail address',
	addresses: 'holds something that is not an e-mail address',
	root: 'is not a URL that tokens may be sent to',
	origin: 'is not an origin that tokens may be sent to',
	guid: 'is not a GUID',
	locale: 'is not a known locale',
	timeZone: 'is not a known time zone',
	networks: 'holds something that is not an address range',
};

/** What is wrong with a single text, by the first of its errors. */
export function textProblem([error]: readonly SchemaError[], text: string, known: readonly string[]): string {
	const format = error?.keyword === 'format' ? String(error.params.format) : undefined;
	if (format === 'schedule') return scheduleProblem(text) ?? '';
	if (format !== undefined) return notA[format] ?? 'is not valid';
	if (error?.params.instead !== undefined) return `is not one of the values allowed; ${error.params.instead}`;
	const meant = didYouMean(text, known);
	return `is not one of the values allowed${meant ? `; did you mean ${meant}?` : ''}`;
}

/** What a list of names allows: `email`, `email, crm or both`, `any of a, b and c`. */
export function namesInWords(names: readonly string[]): string {
	if (names.length < 2) return names.join('');
	if (names.length === 2) return `${names.join(', ')} or both`;
	return `any of ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
