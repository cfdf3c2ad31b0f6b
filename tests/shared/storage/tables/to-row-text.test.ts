import { describe, expect, it } from '@jest/globals';
import { toRowText } from '../../../../shared/storage/tables/row-text.ts';

const key = { partitionKey: 'p', rowKey: 'r' };

describe('a row as it is sent', () => {
	it('has the types that JSON has not', () => {
		const columns = { bytes: new Uint8Array([1, 2]), at: new Date(0), long: 5n, text: 'x', whole: 1, part: 0.5, yes: true };
		expect(JSON.parse(toRowText({ ...key, ...columns }))).toEqual({
			PartitionKey: 'p',
			RowKey: 'r',
			bytes: 'AQI=',
			'bytes@odata.type': 'Edm.Binary',
			at: '1970-01-01T00:00:00.000Z',
			'at@odata.type': 'Edm.DateTime',
			long: '5',
			'long@odata.type': 'Edm.Int64',
			text: 'x',
			whole: 1,
			part: 0.5,
			yes: true,
		});
	});

	it('leaves out what has no value', () => {
		const columns = { none: null, absent: undefined, noNumber: Number.NaN, endless: Number.NEGATIVE_INFINITY };
		expect(toRowText({ ...key, ...columns })).toBe('{"PartitionKey":"p","RowKey":"r"}');
	});

	it.each([new Date(Number.NaN), {}, [], () => 1, Symbol('x')])('refuses %p', (value) => {
		expect(() => toRowText({ ...key, value: value as never })).toThrow();
	});
});
