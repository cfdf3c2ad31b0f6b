/**
 * Whether all of a text fits a pattern in which each `*` stands for anything, also nothing; both folded. Made without a regular expression: each part
 * between two stars is looked for once, so that no text takes long. The text may be a pattern itself: then true means that this pattern fits whatever
 * that one fits, because only a star takes in a star.
 */
export function fits(pattern: string, text: string): boolean {
	const star = pattern.indexOf('*');
	if (star < 0) return pattern === text;
	if (!text.startsWith(pattern.slice(0, star))) return false;
	const parts = pattern.slice(star + 1).split('*');
	const last = parts.pop() ?? '';
	const end = text.length - last.length;
	if (end < star || !text.endsWith(last)) return false;
	let at = star;
	for (const part of parts) {
		const found = text.indexOf(part, at);
		if (found < 0 || found + part.length > end) return false;
		at = found + part.length;
	}
	return true;
}
