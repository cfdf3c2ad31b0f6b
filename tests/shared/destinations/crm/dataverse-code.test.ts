import { expect, it } from '@jest/globals';
import { dataverseCode } from '../../../../shared/destinations/crm/get-json.ts';

it.each([
	['0x80040237', '0x80040237'],
	['0X8004431A', '0x8004431a'],
	['-2147220937', '0x80040237'],
	['2147746359', '0x80040237'],
	['0x0', '0x0'],
	['', ''],
	['16175555555', ''],
	['-9999999999', ''],
	['Ada', ''],
	['1e3', ''],
	['0x800402371', ''],
])('reads %j as %j', (text, code) => {
	expect(dataverseCode(text)).toBe(code);
});
