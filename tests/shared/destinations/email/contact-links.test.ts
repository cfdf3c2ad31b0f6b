import { describe, expect, it } from '@jest/globals';
import { contactLinks } from '../../../../shared/destinations/email/contact-links.ts';

const phone = (text: string) => contactLinks({ phone: text, doNotContact: false }).phone;
const mail = (text: string, offerTitle?: string) =>
	contactLinks({ email: text, doNotContact: false, ...(offerTitle && { offerTitle }) }).mail;

describe('contactLinks', () => {
	it.each([
		['16175555555', 'tel:16175555555'],
		['+1 (617) 555-5555', 'tel:+16175555555'],
		['+44 (0)20 7123 4567', 'tel:+442071234567'],
		['020 7123 4567', 'tel:02071234567'],
		['0049/30/123456', 'tel:004930123456'],
		['+1 617 555 5555 ext. 12', 'tel:+16175555555'],
		['+1.617.555.5555 x12', 'tel:+16175555555'],
		['1234', undefined],
		['call me', undefined],
		['1;phone-context=evil', undefined],
		['*21*123456#', undefined],
		['12345+67890', undefined],
		[`1${'2'.repeat(17)}`, undefined],
		['1 '.repeat(2000), undefined],
		['', undefined],
	])('dials what %j says: %s', (text, href) => {
		expect(phone(text)).toBe(href);
	});

	it.each([
		['ada@example.com', 'mailto:ada@example.com'],
		["o'neill@example.com", 'mailto:o%27neill@example.com'],
		['a?cc=x&b@example.com', 'mailto:a%3Fcc%3Dx%26b@example.com'],
		['müller@müller.de', 'mailto:m%C3%BCller@xn--mller-kva.de'],
		['no address', undefined],
	])('writes to %s', (text, href) => {
		expect(mail(text)).toBe(href);
	});

	it('gives the answer a subject', () => {
		expect(mail('a@example.com', `Ben & Jerry's "CRM"`)).toBe('mailto:a@example.com?subject=Re%3A%20Ben%20%26%20Jerry%27s%20%22CRM%22');
		expect(mail('a@example.com', `${'x'.repeat(99)}🚀`)).toMatch(/x$/);
	});

	it('offers nothing for somebody who must not be contacted', () => {
		expect(contactLinks({ email: 'a@example.com', phone: '123456', doNotContact: true })).toEqual({});
	});
});
