/** A route template, read: `leads/{id:int}/{view?}`, `files/{*path}`. */
export interface Route {
	/** With the prefix, as registered: `api/leads/{id}`. */
	template: string;
	pattern: RegExp;
	names: string[];
	/** Where two routes fit a path, the one that comes first in this order is taken: letters before parameters before a catch-all. */
	rank: string;
}

const constraints: Record<string, string> = {
	int: '-?\\d+',
	alpha: '[A-Za-z]+',
	guid: '[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}',
};

/** Reads a template as the host does, without regard to case. Throws on what this runner does not know: defaults and most constraints. */
export function readRoute(prefix: string, route: string): Route {
	const template = [prefix, route]
		.map((part) => part.replace(/^\/+|\/+$/g, ''))
		.filter(Boolean)
		.join('/');
	const names: string[] = [];
	let pattern = '';
	let rank = '';
	for (const segment of template.split('/')) {
		const parameter = /^\{(\*{0,2})(\w+)(?::(\w+))?(\?)?\}$/.exec(segment);
		if (!parameter) {
			if (/[{}]/.test(segment)) throw new Error(`The local runner does not know the route segment "${segment}" of "${template}"`);
			pattern += `/${segment.replace(/[.*+?^$()|[\]\\]/g, '\\$&')}`;
			rank += '0';
			continue;
		}
		const [, catchAll, name = '', constraint, optional] = parameter;
		const kind = constraint === undefined ? (catchAll ? '.*' : '[^/]+') : constraints[constraint];
		if (kind === undefined) throw new Error(`The local runner does not know the route constraint "${constraint}" of "${template}"`);
		names.push(name);
		pattern += catchAll || optional ? `(?:/(${kind}))?` : `/(${kind})`;
		rank += catchAll ? '3' : constraint === undefined ? '2' : '1';
	}
	return { template, pattern: new RegExp(`^${pattern}/?$`, 'i'), names, rank };
}

/** The parameters of a path that fits a route; undefined when it does not fit. */
export function matchRoute({ pattern, names }: Route, path: string): Record<string, string> | undefined {
	const match = pattern.exec(path);
	if (!match) return undefined;
	const parameters: Record<string, string> = {};
	for (const [index, name] of names.entries()) {
		const value = match[index + 1];
		if (value !== undefined) parameters[name] = decode(value);
	}
	return parameters;
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text; // a stray % stays as it came
	}
}
