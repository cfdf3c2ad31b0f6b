import { type ParseError, parse } from 'jsonc-parser';

/** host.json as the host reads it: with comments, commas at the end and a byte order mark. Throws when it is no JSON object. */
export function parseHostFile(text: string): Record<string, unknown> {
	const errors: ParseError[] = [];
	const root: unknown = parse(text.replace(/^\ufeff/, ''), errors, { allowTrailingComma: true });
	if (errors.length > 0 || typeof root !== 'object' || root === null || Array.isArray(root)) throw new SyntaxError('host.json is not JSON');
	return root as Record<string, unknown>;
}
