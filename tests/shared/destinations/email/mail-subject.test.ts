import { describe, expect, it } from '@jest/globals';
import { mailSubject } from '../../../../shared/destinations/email/mail-subject.ts';
import type { Lead } from '../../../../shared/lead/lead.ts';
import { deliveryRequest, leadId, requestOfFixture } from '../../../support/delivery-request.ts';
import { leadFixtureNames } from '../../../support/lead-fixtures.ts';

const nothing = { isTest: false, doNotContact: false, hasContact: true };
const subject = (lead: Partial<Lead>) => mailSubject({ leadId, lead: { ...nothing, ...lead } });

describe('a subject', () => {
	it('says what, who and which offer in this order', () => {
		expect(mailSubject(deliveryRequest({ lead: { action: 'PLT' } }))).toBe(
			'Contact me: Ada Lovelace, Analytical Engines Ltd – Contoso CRM [#1a2b3c4d]',
		);
	});

	it.each([
		[{ action: 'INS', email: 'a@example.com' }, 'Get it now: a@example.com [#1a2b3c4d]'],
		[{ action: 'create', company: 'Fabrikam' }, 'Purchase: Fabrikam [#1a2b3c4d]'],
		[{ action: 'StartTestDrive', firstName: 'Ada', company: 'Fabrikam' }, 'Test drive: Ada, Fabrikam [#1a2b3c4d]'],
		[{ action: 'Something', lastName: 'L' }, 'Something: L [#1a2b3c4d]'],
		[{ phone: '123456' }, 'Lead: 123456 [#1a2b3c4d]'],
		[{ offerTitle: 'Contoso CRM', hasContact: false }, '[no contact data] Lead: Contoso CRM [#1a2b3c4d]'],
		[{ description: 'x', hasContact: false }, '[no contact data] Lead: no name given [#1a2b3c4d]'],
		[{ action: 'DNC', firstName: 'Ada', doNotContact: true }, '[do not contact] Lead: Ada [#1a2b3c4d]'],
		[{ action: 'PLT', firstName: 'Ada', isTest: true }, '[TEST] Contact me: Ada [#1a2b3c4d]'],
		[{ isTest: true, doNotContact: true, hasContact: false }, '[TEST] [do not contact] [no contact data] Lead: no name given [#1a2b3c4d]'],
	])('of %j', (lead, expected) => {
		expect(subject(lead)).toBe(expected);
	});

	it.each(leadFixtureNames)('is one line of 255 characters at most, with the reference at its end: %s', (name) => {
		const text = mailSubject(requestOfFixture(name));
		expect(text).toMatch(/^[^\p{Cc}\u2028\u2029]{12,255}$/u);
		expect(text).toMatch(/ \[#1a2b3c4d\]$/);
		expect(text).not.toMatch(/undefined|null/);
	});

	it.each([
		[{}, 'Contact me: Wolfeschlegelsteinhausenberg'],
		[{ isTest: true }, '[TEST] Contact me: Wolfeschlegelsteinhau'],
		[{ hasContact: false }, '[no contact data] Contact me: Wolfeschle'],
		[{ action: 'DNC', doNotContact: true }, '[do not contact] Lead: Wolfeschlegelstei'],
		[{ action: 'StartTestDrive' }, 'Test drive: Wolfeschlegelsteinhausenberg'],
		[{ action: 'x'.repeat(100) }, `${'x'.repeat(23)}…: Wolfeschlegels`],
	])('says in its first 40 characters what was done, and by whom: %j', (lead, beginning) => {
		const long = { action: 'PLT', firstName: 'Wolfeschlegelsteinhausenbergerdorff', company: 'Contoso Holding', offerTitle: 'CRM' };
		expect(subject({ ...long, ...lead }).slice(0, 40)).toBe(beginning);
	});

	it.each(leadFixtureNames)('names somebody or something in its first 40 characters: %s', (name) => {
		const marks = /^(\[[^\]]+\] )*/.exec(mailSubject(requestOfFixture(name)))?.[0] ?? '';
		expect(mailSubject(requestOfFixture(name)).slice(marks.length, 40)).toMatch(/^[^:]+: .{3,}/u);
	});

	it('leaves room for every part when one is long', () => {
		const long = 'very long '.repeat(50).trim();
		const text = subject({ action: long, firstName: long, company: `${long} company`, offerTitle: `${long} offer` });
		expect(text.length).toBeLessThanOrEqual(255);
		expect(text.match(/very long/g)?.length).toBeGreaterThan(15);
	});

	it('does not cut an emoji in two', () => {
		for (let length = 50; length < 62; length++) {
			expect(subject({ firstName: `${'x'.repeat(length)}👩‍👩‍👧‍👦👩‍👩‍👧‍👦` }).isWellFormed()).toBe(true);
			expect(subject({ firstName: `${'x'.repeat(length)}👩‍👩‍👧‍👦` })).not.toMatch(/\u200D…/);
		}
	});
});
