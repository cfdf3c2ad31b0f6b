/**
 * A template expression in which one secret parameter has been left open, as `bicep snapshot` gives it: lists and objects are evaluated, every other function stays
 * as its text in brackets.
 */
export function evaluate(expression: string): unknown {
	const text = expression.slice(1, -1);
	let at = 0;

	function value(): unknown {
		const from = at;
		if (text[at] === "'") return quoted();
		const name = /^[\w.]*/.exec(text.slice(at))?.[0] ?? '';
		at += name.length;
		if (text[at] !== '(') return name;
		const given = list();
		const isWhole = !['.', '['].includes(text[at] ?? '');
		while (['.', '['].includes(text[at] ?? '')) at += /^(\.\w+|\[[^\]]*\])/.exec(text.slice(at))?.[0].length ?? 1;
		if (isWhole && name === 'createArray') return given;
		if (isWhole && name === 'concat') return given.flat();
		if (isWhole && name === 'createObject')
			return Object.fromEntries(given.flatMap((one, index) => (index % 2 === 0 ? [[String(one), given[index + 1]]] : [])));
		return `[${text.slice(from, at)}]`;
	}

	function list(): unknown[] {
		const found: unknown[] = [];
		at++; // (
		while (at < text.length && text[at] !== ')') {
			found.push(value());
			while (text[at] === ',' || text[at] === ' ') at++;
		}
		at++; // )
		return found;
	}

	function quoted(): string {
		const [all = '', inside = ''] = /^'((?:[^']|'')*)'/.exec(text.slice(at)) ?? [];
		at += all.length;
		return inside.replaceAll("''", "'");
	}

	return value();
}
