import type { JsonNode } from './json-node.ts';
import { parseJsonTree } from './parse-json-tree.ts';

/** A text in a text in a text; each is shorter than the one around it, so that all of them together cost what the payload costs. */
const mostLayers = 5;

/** Only an object, a list or another text can hold a lead. */
const mayHoldMore = /^[{["]/;

/**
 * What a value is without what senders put around it by their serialisers: JSON as a text, also more than once, and a list of one. A value that holds
 * nothing of the kind is given as it is.
 *
 * @param offset Where the value is in the payload, which gives what is in a text its order.
 */
export function openJson(node: JsonNode, offset = 0): JsonNode {
	let opened = node;
	for (let layer = 0; layer < mostLayers; layer++) {
		const inside = opened.kind === 'array' && opened.items.length === 1 ? opened.items[0] : jsonIn(opened, offset);
		if (!inside) break;
		opened = inside;
	}
	return opened;
}

function jsonIn(node: JsonNode, offset: number): JsonNode | undefined {
	if (node.kind !== 'scalar') return undefined;
	const text = node.text.trim();
	if (!mayHoldMore.test(text)) return undefined;
	const tree = parseJsonTree(text, offset);
	return tree.ok ? tree.root : undefined;
}
