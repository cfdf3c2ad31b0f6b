import { describe, expect, it } from '@jest/globals';
import { gatherUnknown } from '../../../shared/lead/flatten.ts';
import { parseJsonTree } from '../../../shared/lead/json-tree.ts';

function gather(text: string) {
	const tree = parseJsonTree(text);
	if (!tree.ok || tree.root.kind !== 'object') throw new Error('not an object');
	return gatherUnknown(tree.root.members.map((member) => ({ ...member, path: member.name })));
}

describe('gatherUnknown', () => {
	it('flattens to joined names in their own casing, in the order they came, without blank ones', () => {
		expect(gather('{"Tags":["a",["b",""]],"x":null,"License":{"Plan":{"id":1.50}},"b":" ","on":false}')).toEqual([
			{ name: 'Tags[0]', value: 'a' },
			{ name: 'Tags[1][0]', value: 'b' },
			{ name: 'License.Plan.id', value: '1.50' },
			{ name: 'on', value: 'false' },
		]);
	});

	it('keeps members of the same name, and members without one', () => {
		expect(gather('{"a":1,"a":2,"":3," ":4}')).toEqual([
			{ name: 'a', value: '1' },
			{ name: 'a', value: '2' },
			{ name: '(no name)', value: '3' },
			{ name: '(no name)', value: '4' },
		]);
	});

	it('makes names short lines', () => {
		expect(gather(`{"a\\r\\nb\\u202e":1,"${'n'.repeat(500)}":2}`)).toEqual([
			{ name: 'a b', value: '1' },
			{ name: 'n'.repeat(200), value: '2' },
		]);
	});

	it('keeps each member as the JSON it came in when there are more than a hundred values', () => {
		const matrix = JSON.stringify(Array.from({ length: 200 }, (_, index) => index));
		expect(gather(`{"a":"x\\ny","matrix":${matrix},"none":[null,[" "]],"no":null,"n":1}`)).toEqual([
			{ name: 'a', value: 'x\ny' },
			{ name: 'matrix', value: matrix },
			{ name: 'n', value: '1' },
		]);
	});

	it('gathers the rest under one name when there are more than a hundred members', () => {
		const members = Array.from({ length: 150 }, (_, index) => `"m${index}": ["${index}"]`);
		const gathered = gather(`{${members.join(',')}, "blank": ""}`);
		expect(gathered).toHaveLength(100);
		expect(gathered[0]).toEqual({ name: 'm0', value: '["0"]' });
		expect(gathered[99]?.name).toBe('more');
		expect(JSON.parse(gathered[99]?.value ?? '')).toEqual(JSON.parse(`{${members.slice(99).join(',')}}`));
	});

	it('does not multiply a long name by the values below it', () => {
		const text = `{"${'n'.repeat(16_000)}":[1${',1'.repeat(8000)}]}`;
		expect(JSON.stringify(gather(text)).length).toBeLessThan(text.length);
	});
});
