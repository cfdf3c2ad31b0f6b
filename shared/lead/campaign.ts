import { clean } from './clean-text.ts';
import { childrenOf, flatten } from './flatten.ts';
import type { JsonNode } from './json-node.ts';
import type { Lead } from './lead.ts';
import { parseJsonTree } from './parse-json-tree.ts';

/** Campaign parameters, or text. */
type Description = Pick<Lead, 'description' | 'campaign'>;

/** What the text holds when it is a JSON object. */
function objectIn(text: string): JsonNode | undefined {
	if (!text.startsWith('{')) return undefined;
	const tree = parseJsonTree(text);
	return tree.ok && tree.root.kind === 'object' ? tree.root : undefined;
}

/**
 * Reads a `Description`: a JSON object (as publishers report: a string that holds the listing URL's query parameters) becomes campaign parameters;
 * anything else, also an object of too many values, stays text. Undefined when it says nothing, or is an array.
 */
export function readDescription(node: JsonNode): Description | undefined {
	const text = node.kind === 'scalar' ? clean(node.text) : node.kind === 'object' ? clean(node.json) : '';
	const object = node.kind === 'object' ? node : objectIn(text);
	const campaign = object && flatten(childrenOf(object));
	if (campaign) return campaign.length > 0 ? { campaign } : undefined;
	return text ? { description: text } : undefined;
}
