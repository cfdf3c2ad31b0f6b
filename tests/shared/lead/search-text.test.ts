import { describe, expect, it } from '@jest/globals';
import { searchFor } from '../../../shared/lead/search-text.ts';

const texts = ['Zoë  Ångström', 'Łódź Straße GmbH', 'zoe+shop@contoso.com', undefined, '019a3c5e-7d10-7c4e-9a51-2f6fcb9ad2a8'];
const finds = (search: string, phone?: string) => searchFor(search)({ texts, phones: [phone] });

describe('a search', () => {
	it.each([
		'zoe',
		'ZOË',
		'e',
		'angstrom',
		'Ａngström',
		'lodz',
		'strasse',
		'gmbh zoe',
		' zoe ',
		'',
		'ZOE+SHOP@contoso.com',
		'<zoe+shop@contoso.com>',
	])('finds %j', (search) => {
		expect(finds(search)).toBe(true);
	});

	it.each([
		'cb9ad2a8',
		'#cb9ad2a8',
		'[#cb9ad2a8]',
		'CB9AD2A8',
		'(cb9ad2a8)',
		'zoe [#cb9ad2a8]',
		'019a3c5e',
		'{019A3C5E-7D10-7C4E-9A51-2F6FCB9AD2A8}',
	])('finds a lead by what people call it: %j', (search) => {
		expect(finds(search)).toBe(true);
	});

	it.each(['zoe fabrikam', 'zoex', 'grace', 'cb9ad2a9', '12345'])('does not find %j', (search) => {
		expect(finds(search)).toBe(false);
	});

	it.each([
		['+44 20 7123 4567', '442071234567'],
		['442071234567', '+44 (0)20 7123 4567'],
		['0044 20 7123-4567', '+44 20 7123 4567'],
		['020 7123 4567', '442071234567'],
		['(020) 7123.4567', '+44 (20) 71234567'],
		['+44 20 7123 4567', '020 7123 4567'],
		['7123 4567', '+442071234567'],
		['tel:+442071234567', '020/7123 4567'],
		['＋４４ ２０ ７１２３ ４５６７', '442071234567'],
		['+44\u00A020\u201171234567', '44 20 71234567'],
		['٠٢٠٧١٢٣٤٥٦٧', '+44 20 7123 4567'],
		['617 555 0100', '+1 (617) 555-0100 ext. 12'],
		['zoe 7123', '+44 20 7123 4567'],
	])('finds the number %j where %j was posted', (search, phone) => {
		expect(finds(search, phone)).toBe(true);
	});

	it.each([
		['+44 20 7123 4568', '442071234567'],
		['+44 20 7123 4567', '4567'],
		['123', '442071234567'],
		['00000000', '442071234567'],
		['+49 20 7123 4567', '442071234567'],
		['+44 20 7123 4567', undefined],
	])('does not find the number %j where %j was posted', (search, phone) => {
		expect(finds(search, phone)).toBe(false);
	});
});
