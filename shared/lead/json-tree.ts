import { createScanner, type ParseError, parseTree, printParseErrorCode, type Node as TreeNode } from 'jsonc-parser';

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
function toJsonNode(node: TreeNode, source: string, base = 0): JsonNode {
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

export type JsonTree = { ok: true; root: JsonNode } | { ok: false; problem: string };

/** Deeper is refused before anything recursive runs. */
export const maxNesting = 32;

/** Counted by the parser's own scanner, so that both see the same brackets in broken text too; a bracket that closes nothing is not counted. */
function nestsDeeper(text: string): boolean {
	// Most payloads have not so many brackets at all, also counting those within texts.
	if (text.split(/[[{]/, maxNesting + 2).length <= maxNesting + 1) return false;
	const scanner = createScanner(text, true);
	const open: string[] = [];
	for (scanner.scan(); scanner.getTokenOffset() < text.length; scanner.scan()) {
		const token = text.charAt(scanner.getTokenOffset());
		if (token === '{' || token === '[') {
			if (open.push(token) > maxNesting) return true;
		} else if ((token === '}' && open.at(-1) === '{') || (token === ']' && open.at(-1) === '[')) open.pop();
	}
	return false;
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false; // its message is not passed on: it quotes the text
	}
}

/** `comma expected at character 12` */
function inWords({ error, offset }: ParseError): string {
	const words = printParseErrorCode(error).replace(/\B[A-Z]/g, ' $&');
	return `${words.toLowerCase()} at character ${offset + 1}`;
}

/**
 * Takes what `JSON.parse` takes, and nothing else; `problem` says what is wrong, and where, without quoting.
 *
 * @param base Where the text begins, when it is a part of another.
 */
export function parseJsonTree(text: string, base = 0): JsonTree {
	if (text.trim() === '') return { ok: false, problem: 'is empty' };
	if (nestsDeeper(text)) return { ok: false, problem: `is nested deeper than ${maxNesting} levels` };
	const errors: ParseError[] = [];
	const tree = parseTree(text, errors, { disallowComments: true });
	if (tree && isJson(text)) return { ok: true, root: toJsonNode(tree, text, base) };
	return { ok: false, problem: errors[0] ? `is not valid JSON: ${inWords(errors[0])}` : 'is not valid JSON' };
}

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
