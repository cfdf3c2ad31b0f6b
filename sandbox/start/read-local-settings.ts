import { readFileSync } from 'node:fs';
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { StartFailure } from './start-failure.ts';

/**
 * The app settings of a `local.settings.json`, which may have comments; none when there is no such file, or an empty object.
 *
 * @throws {StartFailure} when it cannot be read, or holds something from which no setting would be taken without anyone noticing
 */
export function readLocalSettings(file: string): Record<string, string> {
	let text: string;
	try {
		text = toText(readFileSync(file));
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === 'ENOENT') return {};
		throw new StartFailure(`${file} cannot be read (${code}).`);
	}
	const errors: ParseError[] = [];
	const content: unknown = parse(text, errors, { allowTrailingComma: true });
	const [error] = errors;
	if (error)
		throw new StartFailure(
			`${file} is not JSON: ${printParseErrorCode(error.error)}, line ${text.slice(0, error.offset).split('\n').length}.`,
		);
	if (!isObject(content)) throw new StartFailure(`${file} must hold { "Values": { … } }: copy local.settings.sample.json.`);
	if (content.IsEncrypted) throw new StartFailure(`${file} is encrypted. Decrypt it: func settings decrypt`);
	// As the host: it knows the member by this casing only, and takes a file without it for empty.
	if (content.Values === undefined && Object.keys(content).some((name) => !besideValues.has(name)))
		throw new StartFailure(
			`${file} has no member "Values", so none of its settings would be used. Put them into { "Values": { … } }: see local.settings.sample.json.`,
		);
	const { Values: values = {} } = content;
	if (!isObject(values)) throw new StartFailure(`${file}: "Values" must be an object of texts: { "EMAIL_TO": "…" }.`);
	return Object.fromEntries(
		Object.entries(values).map(([name, value]) => {
			if (typeof value === 'object') throw new StartFailure(`${file}: ${name} must be a text, JSON inside it too.`);
			return [name, String(value)];
		}),
	);
}

const besideValues = new Set(['IsEncrypted', 'Host', 'ConnectionStrings', '$schema']);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** UTF-8, or UTF-16 as older Windows shells write it; without its byte order mark. */
function toText(bytes: Buffer): string {
	const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
	return new TextDecoder(encoding).decode(bytes);
}
