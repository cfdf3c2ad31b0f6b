import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' };
import { type CountryCode, getCountries, getCountryCallingCode, getExampleNumber } from 'libphonenumber-js/max';
import { readPhone } from '../../../shared/person/read-phone.ts';
import { propertyRuns } from '../../support/property-runs.ts';

const read = (phone: string, country?: string) => readPhone({ phone, ...(country && { country }) });

/** Country as a lead says it, number as a lead says it, and how it is shown; without the last, as it came. */
const numbers: [country: string | undefined, written: string, shown?: string][] = [
	// Microsoft's own form: country code, no plus.
	['GB', '442071234567', '+44 20 7123 4567'],
	['UK', '447911123456', '+44 7911 123456'],
	['United Kingdom', '442071234567', '+44 20 7123 4567'],
	['US', '16175555555', '+1 617 555 5555'],
	['USA', '16175555555', '+1 617 555 5555'],
	['FR', '33123456789', '+33 1 23 45 67 89'],
	['Frankreich', '33612345678', '+33 6 12 34 56 78'],
	['DE', '498912345678', '+49 89 12345678'],
	['AT', '4366412345678', '+43 664 12345678'],
	['CH', '41441234567', '+41 44 123 45 67'],
	['NL', '31201234567', '+31 20 123 4567'],
	['ES', '34612345678', '+34 612 34 56 78'],
	['PT', '351912345678', '+351 912 345 678'],
	['PL', '48601234567', '+48 601 234 567'],
	['SE', '46701234567', '+46 70 123 45 67'],
	['FI', '358401234567', '+358 40 1234567'],
	['NO', '4791234567', '+47 91 23 45 67'],
	['IE', '353861234567', '+353 86 123 4567'],
	['GR', '306912345678', '+30 691 234 5678'],
	['TR', '905321234567', '+90 532 123 45 67'],
	['UA', '380501234567', '+380 50 123 4567'],
	['IN', '919876543210', '+91 98765 43210'],
	['CN', '8613812345678', '+86 138 1234 5678'],
	['JP', '81312345678', '+81 3 1234 5678'],
	['KR', '821012345678', '+82 10 1234 5678'],
	['SG', '6591234567', '+65 9123 4567'],
	['HK', '85291234567', '+852 9123 4567'],
	['AU', '61212345678', '+61 2 1234 5678'],
	['NZ', '64211234567', '+64 21 123 4567'],
	['BR', '5511912345678', '+55 11 91234 5678'],
	['MX', '525512345678', '+52 55 1234 5678'],
	['AR', '5491112345678', '+54 9 11 1234 5678'],
	['ZA', '27821234567', '+27 82 123 4567'],
	['NG', '2348012345678', '+234 801 234 5678'],
	['AE', '971501234567', '+971 50 123 4567'],
	['SA', '966501234567', '+966 50 123 4567'],
	['CI', '2250102030405', '+225 01 02 03 0405'],
	// A country's zero that is dialled from abroad too.
	['IT', '390612345678', '+39 06 1234 5678'],
	['IT', '393471234567', '+39 347 123 4567'],
	['IT', '+39 (0)6 12345678', '+39 06 1234 5678'],
	['IT', '3912345678'], // a mobile number of 391, or +39 and too short
	['IT', '+39 6 12345678'],
	['SM', '3780549886377', '+378 0549 886377'],
	['SM', '390549886377'],
	// One country code for several countries.
	['CA', '16045551234', '+1 604 555 1234'],
	['CA', '16175555555', '+1 617 555 5555'],
	['US', '16045551234', '+1 604 555 1234'],
	['JM', '18765551234', '+1 876 555 1234'],
	['GB', '441534123456', '+44 1534 123456'],
	['RU', '79161234567', '+7 916 123 45 67'],
	['RU', '77012345678', '+7 701 234 5678'],
	['KZ', '77012345678', '+7 701 234 5678'],
	['KZ', '79161234567'], // The library reads it as a number of +7 7…
	// "Valid" with the country code twice.
	['DE', '4917112345678'],
	['DE', '4915112345678'],
	// Not valid, or of another country.
	['US', '1234567890'],
	['US', '442071234567'],
	['DE', '33123456789'],
	['NO', '4712345678'],
	['MX', '5215512345678'],
	['GB', '4420712345678'],
	['DE', '112'],
	// National forms.
	['GB', '020 7123 4567'],
	['US', '(617) 555-5555'],
	['US', '6175555555'],
	['RU', '8 916 123-45-67'],
	['DE', '0171 2345678'],
	['GB', '44 020 7123 4567'],
	['US', '011 44 20 7123 4567'],
	// The plus, or what is dialled for it, came.
	['DE', '+4917112345678', '+49 171 12345678'],
	[undefined, '+44 20 7123 4567', '+44 20 7123 4567'],
	['Atlantis', '+442071234567', '+44 20 7123 4567'],
	['US', '+33 1 23 45 67 89', '+33 1 23 45 67 89'],
	['GB', '+44 (0)20 7123 4567', '+44 20 7123 4567'],
	['GB', '44 (0) 20 7123 4567', '+44 20 7123 4567'],
	['US', '+1 (0)617 555 5555', '+1 617 555 5555'],
	['GB', '0044 20 7123 4567', '+44 20 7123 4567'],
	['DE', '0033 1 23 45 67 89', '+33 1 23 45 67 89'],
	['US', '0044 20 7123 4567'],
	[undefined, '0044 20 7123 4567'],
	['GB', '+0207 123 4567'],
	['GB', '+800 1234 5678', '+800 1234 5678'],
	// A plus and what is dialled for it; a plus before a zero, with which no country code begins.
	['GB', '+0044 20 7123 4567', '+44 20 7123 4567'],
	['GB', '+00 44 (0)20 7123 4567', '+44 20 7123 4567'],
	['DE', '(+0049) 171 12345678', '+49 171 12345678'],
	['DE', '＋００４９ 171 12345678', '+49 171 12345678'],
	['IT', '+0039 02 1234567', '+39 02 123 4567'],
	['US', '+0044 20 7123 4567'],
	[undefined, '+004917112345678'],
	['SG', '+001 44 20 7123 4567'],
	['DE', '+00171 2345678'],
	['US', '+011 44 20 7123 4567'],
	['GB', '+(0)20 7123 4567'],
	['GB', '+(0)20 2123 45678'],
	['GB', '00 0044 20 7123 4567'],
	// No country, or none that has numbers.
	[undefined, '442071234567'],
	['Narnia', '442071234567'],
	['AQ', '672112345'],
	// Signs that people use.
	['US', '1-617-555-5555', '+1 617 555 5555'],
	['US', '1.617.555.5555', '+1 617 555 5555'],
	['DE', '+49/89/12345678', '+49 89 12345678'],
	['FR', '33\u00a01\u202f23\u00a045\u00a067\u00a089', '+33 1 23 45 67 89'],
	['US', '1\u2011617\u2013555\u22125555', '+1 617 555 5555'],
	['JP', '＋８１ ３ １２３４ ５６７８', '+81 3 1234 5678'],
	['EG', '٢٠١٠٠١٢٣٤٥٦٧', '+20 10 01234567'],
	// A plus in brackets; marks that cannot be seen, as copied from a phone's contacts; the scheme of a link.
	['GB', '(+44) 7911 123456', '+44 7911 123456'],
	['US', '(+1) (617) 555-5555', '+1 617 555 5555'],
	['DE', '(0044) 7911 123456', '+44 7911 123456'],
	['GB', '(44) 7911 123456', '+44 7911 123456'],
	['GB', '\u202a+44 7911 123456\u202c', '+44 7911 123456'],
	['GB', '\u200e+44\u200b7911\u00ad123456\ufeff', '+44 7911 123456'],
	['GB', 'tel:+447911123456', '+44 7911 123456'],
	// Extensions.
	['US', '+1 617 555 5555 ext. 12', '+1 617 555 5555 ext. 12'],
	['US', '16175555555x12', '+1 617 555 5555 ext. 12'],
	['US', '1 617 555 5555 #12', '+1 617 555 5555 ext. 12'],
	['US', '1 617 555 5555, extension 12', '+1 617 555 5555 ext. 12'],
	['US', '+16175555555;ext=12', '+1 617 555 5555 ext. 12'],
	// Letters, and several numbers in one field.
	['US', '1-800-FLOWERS'],
	['US', 'call 16175555555'],
	['US', '16175555555 (mobile)'],
	['GB', '442071234567 / 442071234568'],
	['GB', '442071234567; 442071234568'],
	['GB', '442071234567\n442071234568'],
	['GB', '+442071234567 +442071234568'],
	['US', '555 1234 / 555 5678'],
	['GB', ''],
	['GB', '+'],
	['US', `1${'6'.repeat(5000)}`],
];

describe('a phone number', () => {
	it('comes in many forms', () => {
		expect(numbers.length).toBeGreaterThan(100);
	});

	it.each(numbers)('of %s that came as %j is shown as %s', (country, written, shown = written) => {
		expect(read(written, country)?.shown).toBe(shown);
	});

	it.each([
		['GB', '442071234567', '+442071234567'],
		['IT', '+39 (0)6 12345678', '+390612345678'],
		['US', '+1 617 555 5555 ext. 12', '+16175555555'],
		['DE', '4917112345678', '4917112345678'],
		['GB', '020 7123 4567', '02071234567'],
		['US', '0044 20 7123 4567', '00442071234567'],
		['GB', '(+44) 20 7123 456', '+44207123456'],
		['US', '555 1234 / 555 5678', undefined],
		['GB', '442071234567\n442071234568', undefined],
		['US', '1-800-FLOWERS', undefined],
		['GB', '1234', undefined],
		// With a plus that belongs to no number: a phone would leave it out, or dial someone else.
		['GB', '+0044 20 7123 4567', '+442071234567'],
		['US', '+0044 20 7123 4567', undefined],
		[undefined, '+004917112345678', undefined],
		['DE', '+00171 2345678', undefined],
		['GB', '+0207 123 4567', undefined],
		['US', '+011 44 20 7123 4567', undefined],
		['AU', '+0011442071234567', undefined],
		['GB', '+(0)20 7123 4567', undefined],
		['GB', '+(0)20 2123 45678', undefined], // not someone in Egypt (+20)
		['US', '(0)617 555 5555', '06175555555'],
		['US', '+999 123 4567', undefined],
		['US', '+210 123 4567', undefined],
		// No number begins so, and in Australia it calls for help.
		['GB', '00 0044 20 7123 4567', undefined],
		['AU', '000 44 20 7123 4567', undefined],
		['US', '0000000000', undefined],
		['US', '+10000000000', '+10000000000'],
		['GB', '+44 020 7123 4567', '+4402071234567'],
	])('of %s that came as %j dials %s', (country, written, dialled) => {
		expect(read(written, country)?.dialled).toBe(dialled);
	});

	it('of every country, in Microsoft’s form, is shown with its plus or as it came, and for the most part with it', () => {
		const shown = getCountries().map((code) => {
			const example = getExampleNumber(code, examples);
			if (!example) throw new Error(code);
			const phone = read(example.number.slice(1), code);
			if (phone?.dialled === example.number) return true;
			expect(phone).toEqual({ shown: example.number.slice(1), dialled: example.number.slice(1) });
			return false;
		});
		expect(shown.filter(Boolean).length).toBeGreaterThan(shown.length * 0.9);
	});

	it('that is shown dials the digits that came, or is as it came', () => {
		const digit = fc.constantFrom(...'0123456789');
		const codes = fc.constantFrom(...getCountries());
		const example = codes.map((code) => getExampleNumber(code as CountryCode, examples)?.number.slice(1) ?? '');
		const blank = fc.constantFrom('', '', '', ' ', '-', '.', '/', ' (', ') ');
		const digits = fc.oneof(example, fc.string({ unit: digit, minLength: 3, maxLength: 16 }));
		const written = fc
			.tuple(fc.constantFrom('', '', '+', '00', '0', '1', '(0)'), digits, fc.array(blank, { minLength: 16, maxLength: 16 }))
			.map(([prefix, text, blanks]) => prefix + [...text].map((character, index) => character + (blanks[index] ?? '')).join(''));
		let changed = 0;
		fc.assert(
			fc.property(written, fc.oneof(codes, fc.constant(undefined)), (phone, country) => {
				const { shown = '', dialled } = read(phone, country) ?? {};
				if (shown === phone) return;
				changed++;
				const came = [phone, phone.replace('(0)', '')].map((text) => text.replace(/\D/g, ''));
				expect([...came, ...came.map((digits) => digits.replace(/^00/, ''))]).toContain(shown.replace(/\D/g, ''));
				expect(shown.replace(/[^\d+]/g, '')).toBe(dialled);
				if (!/^(?:\+|00)/.test(phone)) expect(shown).toMatch(new RegExp(`^\\+${getCountryCallingCode(country as CountryCode)} ?`));
			}),
			propertyRuns,
		);
		expect(changed).toBeGreaterThan(0);
	});
});
