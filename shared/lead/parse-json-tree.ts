import { createScanner, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { type JsonNode, toJsonNode } from './json-node.ts';

export type JsonTree = { ok: true; root: JsonNode } | { ok: false; problem: string };

/** Deeper is refused before anything recursive runs. */
export const maxNesting = 32;

/** Counted by the parser's own scanner, so that both see the same brackets in broken text too; a bracket that closes nothing is not counted. */
function nestsDeeper(text: string): boolean {
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
