/** What a list of names allows: `email`, `email, crm or both`, `any of a, b and c`. */
export function namesInWords(names: readonly string[]): string {
	if (names.length < 2) return names.join('');
	if (names.length === 2) return `${names.join(', ')} or both`;
	return `any of ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
