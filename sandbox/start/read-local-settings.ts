import { readFileSync } from 'node:fs';
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { StartFailure } from './start-failure.ts';

/** The app settings of a `local.settings.json`, which may have comments; none when there is no such file. Throws a `StartFailure` when it cannot be read. */
export function readLocalSettings(file: string): Record<string, string> {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
		throw error;
	}
	const errors: ParseError[] = [];
	const content = parse(text, errors, { allowTrailingComma: true }) as
		| { IsEncrypted?: boolean; Values?: Record<string, unknown> }
		| undefined;
	const [error] = errors;
	if (error)
		throw new StartFailure(
			`${file} is not JSON: ${printParseErrorCode(error.error)}, line ${text.slice(0, error.offset).split('\n').length}.`,
		);
	if (content?.IsEncrypted) throw new StartFailure(`${file} is encrypted. Decrypt it: func settings decrypt`);
	return Object.fromEntries(
		Object.entries(content?.Values ?? {}).map(([name, value]) => {
			if (typeof value === 'object') throw new StartFailure(`${file}: ${name} must be a text, JSON inside it too.`);
			return [name, String(value)];
		}),
	);
}
