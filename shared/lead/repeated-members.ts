import type { JsonNode } from './json-node.ts';

/** The members of an object, at any depth, that are given more than once: JSON readers keep one of them silently. Names joined by dots. */
export function repeatedMembers(node: JsonNode, path: string[] = []): string[] {
	if (node.kind === 'scalar') return [];
	if (node.kind === 'array') return node.items.flatMap((item) => repeatedMembers(item, path));
	const names = node.members.map(({ name }) => name);
	const repeated = new Set(names.filter((name, index) => names.indexOf(name) < index));
	return [
		...[...repeated].map((name) => [...path, name].join('.')),
		...node.members.flatMap(({ name, value }) => repeatedMembers(value, [...path, name])),
	];
}
