import { clean, oneLine } from './clean-text.ts';
import type { JsonNode } from './json-node.ts';
import type { NamedValue } from './lead.ts';

/** A value and the names that lead to it, joined: `UserDetails.License`, `tags[0]`. */
export interface NamedNode {
	path: string;
	value: JsonNode;
}

/** More are neither readable in a mail nor storable: 32 KiB can hold 8,000 values below a name of 16 KiB. */
export const maxNamedValues = 100;
const maxNameLength = 200;

/** Nothing for a blank value. */
export function toNamedValues(path: string, text: string): NamedValue[] {
	const value = clean(text);
	return value ? [{ name: oneLine(path.slice(0, maxNameLength)) || '(no name)', value }] : [];
}

/** What is directly inside an object or array, named below `path`. */
export function childrenOf(node: JsonNode, path = ''): NamedNode[] {
	if (node.kind === 'array') return node.items.map((value, index) => ({ path: `${path}[${index}]`, value }));
	if (node.kind === 'object') return node.members.map(({ name, value }) => ({ path: path ? `${path}.${name}` : name, value }));
	return [];
}

/** Every value below these nodes that is not blank. Undefined when there are more than `maxNamedValues`. */
export function flatten(nodes: NamedNode[]): NamedValue[] | undefined {
	const all: NamedValue[] = [];
	for (const { path, value } of nodes) {
		const flat = value.kind === 'scalar' ? toNamedValues(path, value.text) : flatten(childrenOf(value, path));
		if (!flat || all.length + flat.length > maxNamedValues) return undefined;
		all.push(...flat);
	}
	return all;
}
