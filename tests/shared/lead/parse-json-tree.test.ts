import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type JsonNode, maxNesting, parseJsonTree } from '../../../shared/lead/json-tree.ts';
import { propertyRuns } from '../../support/property-runs.ts';

const problem = (text: string) => {
	const tree = parseJsonTree(text);
	return tree.ok ? undefined : tree.problem;
};

/** Back to what it was made of, the way in which `JSON.parse` reads it: the last of several wins. */
function plain(node: JsonNode): unknown {
	if (node.kind === 'array') return node.items.map(plain);
	if (node.kind === 'object') return new Map(node.members.map(({ name, value }) => [name, plain(value)]));
	return node.json.startsWith('"') ? node.text : JSON.parse(node.json);
}

const asMaps = (value: unknown): unknown => {
	if (Array.isArray(value)) return value.map(asMaps);
	return value !== null && typeof value === 'object' ? new Map(Object.entries(value).map(([name, inner]) => [name, asMaps(inner)])) : value;
};

describe('parseJsonTree', () => {
	it('keeps order, repeated names and the digits of numbers', () => {
		const tree = parseJsonTree('{"b":1.10,"a":12345678901234567890,"b":null,"__proto__":true}');
		expect(tree.ok && tree.root).toMatchObject({
			kind: 'object',
			members: [
				{ name: 'b', offset: 1, json: '"b":1.10', value: { kind: 'scalar', text: '1.10' } },
				{ name: 'a', value: { kind: 'scalar', text: '12345678901234567890' } },
				{ name: 'b', value: { kind: 'scalar', text: '', json: 'null' } },
				{ name: '__proto__', value: { kind: 'scalar', text: 'true' } },
			],
		});
	});

	it('reads what JSON.parse reads, as it does', () => {
		fc.assert(
			fc.property(fc.json({ maxDepth: 5, stringUnit: 'binary' }), (text) => {
				const tree = parseJsonTree(text);
				expect(tree.ok && plain(tree.root)).toEqual(asMaps(JSON.parse(text)));
			}),
			propertyRuns,
		);
	});

	it('refuses what JSON.parse refuses', () => {
		const unit = fc.constantFrom(
			'{',
			'}',
			'[',
			']',
			':',
			',',
			'"',
			'"a"',
			'1',
			'-',
			'0',
			'.',
			'e',
			'null',
			'true',
			' ',
			'\n',
			'//',
			'/*',
			'*/',
			'\\',
			'\u0000',
			'\u2028',
		);
		fc.assert(
			fc.property(fc.string({ unit, maxLength: 30 }), (text) => {
				let valid = true;
				try {
					JSON.parse(text);
				} catch {
					valid = false;
				}
				expect(parseJsonTree(text).ok).toBe(valid);
			}),
			propertyRuns,
		);
	});

	it.each([
		['', 'is empty'],
		[' \r\n', 'is empty'],
		['{"a":1 "b":2}', 'is not valid JSON: comma expected at character 8'],
		['{"a":"secret', 'is not valid JSON: unexpected end of string at character 6'],
		['{"a":1', 'is not valid JSON: close brace expected at character 7'],
		['{"a":1,}', 'is not valid JSON: property name expected at character 8'],
		['{"a":secret}', 'is not valid JSON: invalid symbol at character 6'],
		['{} {}', 'is not valid JSON: end of file expected at character 4'],
		['/* c */ {}', 'is not valid JSON: invalid comment token at character 1'],
		['\u00a0{}', 'is not valid JSON: invalid symbol at character 1'],
	])('says of %j where it breaks, without quoting it', (text, expected) => {
		expect(problem(text)).toBe(expected);
	});

	it(`takes ${maxNesting} levels and refuses more`, () => {
		expect(problem(`${'['.repeat(maxNesting)}${']'.repeat(maxNesting)}`)).toBeUndefined();
		expect(problem(`${'['.repeat(maxNesting + 1)}${']'.repeat(maxNesting + 1)}`)).toBe('is nested deeper than 32 levels');
		expect(problem('{"a":'.repeat(10_000))).toBe('is nested deeper than 32 levels');
	});

	it('counts levels, not brackets: neither neighbours nor brackets inside strings', () => {
		expect(problem(`[${'[],{},'.repeat(1000)}"${'[{'.repeat(1000)}\\"["]`)).toBeUndefined();
	});

	it('is not led into depth by broken strings and mismatched brackets', () => {
		for (const trap of ['"\n', '}', ']', '{]', '[}', '},', '],', '"a":', ',', '//\n', '/*']) {
			expect(problem(`${trap}${'['.repeat(16_000)}`)).toMatch(/deeper|not valid/);
			expect(problem(`[${trap}`.repeat(8_000))).toMatch(/deeper|not valid/);
			expect(problem(`{${trap}`.repeat(8_000))).toMatch(/deeper|not valid/);
		}
	});
});
