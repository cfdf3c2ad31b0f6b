import type { Node as TreeNode } from 'jsonc-parser';

/** A JSON value that keeps what `JSON.parse` loses: the order of members, repeated names, digits of numbers. No prototype is ever written to. */
export type JsonNode = { json: string } & (
	| { kind: 'object'; members: JsonMember[] }
	| { kind: 'array'; items: JsonNode[] }
	| { kind: 'scalar'; text: string }
);

export interface JsonMember {
	name: string;
	value: JsonNode;
	/** Where it starts in the text. */
	offset: number;
	/** As it came: `"name": value`. */
	json: string;
}

/**
 * From jsonc-parser's tree and the text it was made of. A scalar's text is what it says: a number as it was written (`16175555555555555555` is a
 * phone number, not 1.6e19), `null` is blank.
 *
 * @param base Where the text begins, when it is a part of another.
 */
export function toJsonNode(node: TreeNode, source: string, base = 0): JsonNode {
	const jsonOf = ({ offset, length }: TreeNode) => source.slice(offset, offset + length);
	const json = jsonOf(node);
	const children = node.children ?? [];
	if (node.type === 'array') return { json, kind: 'array', items: children.map((child) => toJsonNode(child, source, base)) };
	if (node.type !== 'object') return { json, kind: 'scalar', text: node.type === 'string' ? node.value : node.type === 'null' ? '' : json };
	const members = children.flatMap((property) => {
		const [name, value] = property.children ?? [];
		return name && value
			? [{ name: String(name.value), value: toJsonNode(value, source, base), offset: base + property.offset, json: jsonOf(property) }]
			: [];
	});
	return { json, kind: 'object', members };
}
