import { describe, expect, it } from '@jest/globals';
import { parseJsonTree } from '../../../shared/lead/json-tree.ts';
import { readDescription } from '../../../shared/lead/normalise.ts';

function read(value: unknown) {
	const tree = parseJsonTree(JSON.stringify(value));
	if (!tree.ok) throw new Error(tree.problem);
	return readDescription(tree.root);
}

describe('readDescription', () => {
	it('makes parameters of a JSON object in a string', () => {
		expect(read(' {"mktcmpid":"spring","partnerid":4711,"blank":"","n":null,"__proto__":{"a":["x","y"]}} ')).toEqual({
			campaign: [
				{ name: 'mktcmpid', value: 'spring' },
				{ name: 'partnerid', value: '4711' },
				{ name: '__proto__.a[0]', value: 'x' },
				{ name: '__proto__.a[1]', value: 'y' },
			],
		});
	});

	it('makes parameters of a real object too', () => {
		expect(read({ mktcmpid: 'spring' })).toEqual({ campaign: [{ name: 'mktcmpid', value: 'spring' }] });
	});

	it.each(['Campaigns:', '{', '{not json}', '["a"]', '"a"', '{"a":1} and more', '[{"a":1}]', `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`])(
		'leaves %j text',
		(text) => {
			expect(read(` ${text} \n`)).toEqual({ description: text });
		},
	);

	it('keeps line breaks in text and parameters', () => {
		expect(read('a\r\n b')).toEqual({ description: 'a\n b' });
		expect(read('{"a":"x\\r\\ny"}')).toEqual({ campaign: [{ name: 'a', value: 'x\ny' }] });
	});

	it.each(['', ' ', '{}', '{"a":"","b":[null,{}]}', {}, { a: ' ' }, null, [], ['a']])('finds nothing in %j', (value) => {
		expect(read(value)).toBeUndefined();
	});

	it('leaves an object of more than a hundred values text', () => {
		const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`p${index}`, index]));
		expect(read(JSON.stringify(many))).toEqual({ description: JSON.stringify(many) });
		expect(read(many)).toEqual({ description: JSON.stringify(many) });
	});
});
