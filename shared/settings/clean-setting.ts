import { unquote } from '../basics/list.ts';

/**
 * A setting's text as it is checked, read and handed on to other parsers, each of which has its own idea of white space, digits and case: white space is
 * U+0020 and once, letters and digits are those of ASCII where there is such a one (NFKC), nothing is invisible, and no quotes stand around it. JSON and
 * templates keep what stands in them.
 */
export function cleanSetting(text: string, kind: string): string {
	const bare = trimEdges(text);
	if (kind === 'JSON') return cleanJson(bare);
	if (kind.startsWith('template')) return bare;
	if (kind === 'text') return unquote(bare.replace(/[\s\u200b\u2060\ufeff]+/g, ' '));
	const plain = unquote(
		bare
			.normalize('NFKC')
			.replace(/\p{Cf}/gu, '')
			.replace(/\s+/g, ' ')
			.trim(),
	);
	return kind === 'duration' ? plain.toUpperCase() : plain;
}

/** White space and what is not seen: byte order marks, zero-width characters, NUL. */
const trimEdges = (text: string) => text.replace(/^[\s\p{Cc}\p{Cf}]+/u, '').replace(/[\s\p{Cc}\p{Cf}]+$/u, '');

/** Between the tokens of JSON only four characters are white space; as a string within JSON it is taken too. */
function cleanJson(text: string): string {
	const around = /^(['`“”„‘’‚])(\s*[[{][\s\S]*[\]}]\s*)(['`“”‘’])$/.exec(text)?.[2] ?? text;
	const within = textIn(around);
	return (within ?? around)
		.replace(/"(?:[^"\\]|\\[\s\S])*"|[^\S\t\r\n ]|\p{Cf}/gu, (found) => (found.startsWith('"') ? found : ' '))
		.trim();
}

function textIn(text: string): string | undefined {
	if (!text.startsWith('"')) return undefined;
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'string' && /^\s*[[{]/.test(value) ? value.trim() : undefined;
	} catch {
		return undefined; // the reader of the setting says so
	}
}
