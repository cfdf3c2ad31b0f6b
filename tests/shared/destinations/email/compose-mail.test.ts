import { describe, expect, it } from '@jest/globals';
import { composeMail } from '../../../../shared/destinations/email/compose-mail.ts';
import type { Lead } from '../../../../shared/lead/lead.ts';
import { deliveryRequest, requestOfFixture } from '../../../support/delivery-request.ts';
import { leadFixtureNames } from '../../../support/lead-fixtures.ts';

const settings = { to: ['sales@contoso.example'], cc: [], locale: 'en-GB', timeZone: 'UTC' };
const replyTo = (lead: Partial<Lead>) => composeMail(deliveryRequest({ lead }), settings).message.replyTo;

describe('a mail', () => {
	it.each(leadFixtureNames)('goes to nobody but the settings’ recipients: %s', (name) => {
		const mail = composeMail(requestOfFixture(name), settings).message;
		expect(mail.toRecipients).toEqual([{ emailAddress: { address: 'sales@contoso.example' } }]);
		expect(mail.ccRecipients).toEqual([]);
		expect(mail).not.toHaveProperty('bccRecipients');
		expect(mail).not.toHaveProperty('from');
	});

	it.each(['müller@example.de', 'a@müller.de', 'a+b@example.co.uk'])('is replied to the lead: %s', (email) => {
		expect(replyTo({ email })).toEqual([{ emailAddress: { address: email, name: 'Ada Lovelace' } }]);
	});

	it.each([
		'x',
		'a b@example.com',
		'a@example.com, b@example.com',
		'Ada <a@example.com>',
		'a@example.com\nBcc: b@example.com',
		'a@localhost',
		'\ud800@example.com',
	])('is not replied to what is no address: %s', (email) => {
		expect(replyTo({ email })).toBeUndefined();
	});

	it.each([
		['аda@contoso.com', '{U+0430}da@contoso.com'],
		['ada@cоntoso.com', 'ada@xn--cntoso-wqf.com'],
		['ada@аррӏе.com', 'ada@xn--80ak6aa92e.com'],
		['ada@conto\u200dso.com', 'ada@conto{U+200D}so.com'],
	])('is not replied to an address that is not what it seems to be, which is shown in plain characters beside: %s', (email, plain) => {
		const { message } = composeMail(deliveryRequest({ lead: { email } }), settings);
		expect(message.replyTo).toBeUndefined();
		const html = message.body?.content?.replaceAll('<span></span>', '') ?? '';
		expect(html).toContain(plain);
		expect(html).toContain('A reply to this mail does not go to the customer');
		expect(html).not.toContain('mailto:');
	});

	it('is not replied to someone who must not be contacted', () => {
		expect(replyTo({ doNotContact: true })).toBeUndefined();
	});

	it('does not repeat an address as its name', () => {
		const { lead } = deliveryRequest();
		const mail = composeMail(deliveryRequest({ lead: { email: lead.email ?? '' } }), settings).message;
		expect(mail.replyTo).toEqual([{ emailAddress: { address: lead.email, name: 'Ada Lovelace' } }]);
		const { firstName, lastName, company, ...nameless } = lead;
		expect(composeMail({ ...deliveryRequest(), lead: nameless }, settings).message.replyTo).toEqual([
			{ emailAddress: { address: lead.email } },
		]);
	});

	it('carries the lead id in at most five headers, all of them x-', () => {
		const { internetMessageHeaders = [] } = composeMail(deliveryRequest(), settings).message;
		const names = (internetMessageHeaders ?? []).map(({ name }) => name);
		expect(names).toEqual(['x-lead-id', 'x-auto-response-suppress']);
	});
});
