import { clean, oneLine } from './clean-text.ts';
import type { JsonMember, JsonNode } from './json-tree.ts';
import type { NamedValue } from './lead.ts';

/** A value and the names that lead to it, joined: `UserDetails.License`, `tags[0]`. */
export interface NamedNode {
	path: string;
	value: JsonNode;
}

/** More are neither readable in a mail nor storable: 32 KiB can hold 8,000 values below a name of 16 KiB. */
const maxNamedValues = 100;
const maxNameLength = 200;

/** Nothing for a blank value. */
function toNamedValues(path: string, text: string): NamedValue[] {
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

/** A member that is kept under its name. */
export type UnknownMember = NamedNode & Pick<JsonMember, 'offset' | 'json'>;

/** `true` for `null`, blank text and containers of nothing else. */
const isBlank = (member: NamedNode) => flatten([member])?.length === 0;

/**
 * Members that the marketplace's schema does not know, flattened, in the order they came. When that gives more than `maxNamedValues`, each is kept
 * as the JSON text it came in, and those that are still too many are gathered under the name `more`: nothing is lost, and a lead is never much larger
 * than its payload. (Then order and casing inside that text count in the content id.)
 */
export function gatherUnknown(members: UnknownMember[]): NamedValue[] {
	const inOrder = members.toSorted((one, other) => one.offset - other.offset);
	const flat = flatten(inOrder);
	if (flat) return flat;
	const kept = inOrder.filter((member) => !isBlank(member));
	const alone = kept.length > maxNamedValues ? kept.slice(0, maxNamedValues - 1) : kept;
	const rest = kept.slice(alone.length).map(({ json }) => json);
	return [
		...alone.flatMap(({ path, value }) => toNamedValues(path, value.kind === 'scalar' ? value.text : value.json)),
		...(rest.length > 0 ? toNamedValues('more', `{${rest.join(',\n')}}`) : []),
	];
}
