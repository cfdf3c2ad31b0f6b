/** What JSON leaves as it is, and a terminal or an editor does not. */
const unsafe = /[\p{Bidi_Control}\u007F-\u009F\u200B\u2028\u2029\u2060\uFEFF]/gu;

/** JSON for a terminal, a pipe or a file: controls inside foreign text are escaped. */
export function toJsonText(value: unknown, indent?: number): string {
	return JSON.stringify(value, undefined, indent).replace(
		unsafe,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}
