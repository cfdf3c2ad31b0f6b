import { readFileSync } from 'node:fs';
import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import { fileFailure } from './file-failure.ts';
import { jsonTrouble, placeIn } from './json-trouble.ts';
import { StartFailure } from './start-failure.ts';

/**
 * The app settings of a `local.settings.json`, which may have comments; none when there is no such file, or an empty object.
 *
 * @throws {StartFailure} when it cannot be read, or holds something from which no setting would be taken without anyone noticing
 */
export function readLocalSettings(file: string): Record<string, string> {
	let bytes: Buffer;
	try {
		bytes = readFileSync(file);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === 'ENOENT') return {};
		throw new StartFailure(fileFailure(error, file, 'read') ?? `${file} cannot be read (${code}).`);
	}
	const text = toText(bytes);
	if (text === undefined) throw new StartFailure(`${file} is not UTF-8: save it in this encoding.`);
	if (text.trim() === '') throw new StartFailure(`${file} is empty: copy local.settings.sample.json, or delete it.`);
	const errors: ParseError[] = [];
	const root = parseTree(text, errors, { allowTrailingComma: true });
	const [error] = errors;
	if (error) throw new StartFailure(`${file} is not JSON (${placeIn(text, error.offset)}): ${jsonTrouble(text, error)}.`);
	if (root?.type !== 'object') throw new StartFailure(`${file} must hold { "Values": { … } }: copy local.settings.sample.json.`);
	const members = membersOf(root, file, text);
	if (members.get('IsEncrypted')?.value === true) throw new StartFailure(`${file} is encrypted. Decrypt it: func settings decrypt`);
	// As the host: it knows the member by this casing only, and takes a file without it for empty.
	const values = members.get('Values');
	if (!values && [...members.keys()].some((name) => !besideValues.has(name)))
		throw new StartFailure(
			`${file} has no member "Values", so none of its settings would be used. Put them into { "Values": { … } }: see local.settings.sample.json.`,
		);
	if (!values) return {};
	if (values.type !== 'object') throw new StartFailure(`${file}: "Values" must be an object of texts: { "EMAIL_TO": "…" }.`);
	return Object.fromEntries(
		[...membersOf(values, file, text)].map(([name, { type, value, offset, length }]) => {
			if (type === 'object' || type === 'array' || type === 'null')
				throw new StartFailure(`${file}: ${name} must be a text, JSON inside it too.`);
			// A number as it was written: a long one is an id, whose digits count.
			return [name, type === 'string' ? String(value) : text.slice(offset, offset + length)];
		}),
	);
}

const besideValues = new Set(['IsEncrypted', 'Host', 'ConnectionStrings', '$schema']);

/** @throws {StartFailure} when one is there twice: which of the two is meant, no one can tell */
function membersOf({ children = [] }: Node, file: string, text: string): Map<string, Node> {
	const members = new Map<string, Node>();
	for (const { children: [name, value] = [], offset } of children) {
		if (!name || !value) continue;
		if (members.has(name.value)) throw new StartFailure(`${file} has ${name.value} more than once (${placeIn(text, offset)}): keep one.`);
		members.set(name.value, value);
	}
	return members;
}

/** UTF-8, or UTF-16 as older Windows shells write it; without its byte order mark. Undefined for another encoding. */
function toText(bytes: Buffer): string | undefined {
	const [first, second] = bytes;
	const isLittle = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
	const isBig = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0);
	try {
		return new TextDecoder(isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8', { fatal: true }).decode(bytes);
	} catch {
		return undefined; // the caller says so
	}
}
