import { describe, expect, it } from '@jest/globals';
import { composeMail } from '../../../../shared/destinations/email/compose-mail.ts';
import { deliveryRequest, leadId } from '../../../support/delivery-request.ts';

const settings = { to: ['sales@contoso.example'], cc: ['team@contoso.example'], locale: 'en-GB', timeZone: 'UTC' };
const test = { isTest: true, hasContact: true } as const;

describe('a mail that is shaped by settings and rules', () => {
	it('goes to whom the rule chooses instead', () => {
		const choice = { to: ['berlin@contoso.example'], cc: [] };
		expect(composeMail(deliveryRequest({ choice }), settings)).toMatchObject({
			toRecipients: [{ emailAddress: { address: 'berlin@contoso.example' } }],
			ccRecipients: [],
		});
	});

	it('takes its subject from the template, the rule before the setting, and keeps marks and reference', () => {
		const reference = `[#${leadId.slice(-8)}]`;
		const request = deliveryRequest({ lead: { ...test, company: 'Contoso' } });
		expect(composeMail(request, { ...settings, subject: 'New: {{company}}' }).subject).toBe(`[TEST] New: Contoso ${reference}`);
		expect(composeMail({ ...request, choice: { subject: '{{marks}} {{reference}}' } }, { ...settings, subject: 'x' }).subject).toBe(
			`[TEST] ${leadId.slice(-8)}`,
		);
	});

	it('uses the built-in texts when a template fails or gives nothing', () => {
		const plain = composeMail(deliveryRequest(), settings);
		const broken = composeMail(deliveryRequest(), { ...settings, subject: '{{#nobody}}', body: '{{> partial}}' });
		const blank = composeMail(deliveryRequest(), { ...settings, subject: ' {{publisher}} ', body: ' ' });
		for (const mail of [broken, blank]) expect(mail).toEqual(plain);
	});

	it('takes its body from the template: built-in parts, escaped values, notices that nobody can leave out', () => {
		const request = deliveryRequest({ lead: { ...test, company: '<b>Contoso</b>' } });
		const content = composeMail(request, { ...settings, body: '<p>Hello from {{company}}</p>{{parts.details}}' }).body?.content ?? '';
		expect(content).toContain('<p>Hello from &lt;b&gt;Contoso&lt;/b&gt;</p>');
		expect(content).toContain('Sent by Partner Center');
		expect(content).toContain('Company');
		expect(content).not.toContain('A reply to this mail');
	});

	it('tells the time where the reader is', () => {
		const receivedAt = new Date('2026-01-15T12:00:00Z');
		const german = composeMail(deliveryRequest({ receivedAt }), { ...settings, locale: 'de-DE', timeZone: 'Europe/Berlin' });
		expect(german.body?.content).toMatch(/15\. Jan\.? 2026, 13:00 MEZ/);
	});

	it('mentions what the same person did before', () => {
		const earlier = {
			leadId: '01a20ab7-c464-702b-b5f3-497c050b7221',
			receivedAt: Date.parse('2026-01-02T03:04:00Z'),
			action: 'PLT',
			recordUrl: 'https://contoso.crm4.dynamics.com/main.aspx?id=1',
		};
		const content = composeMail(deliveryRequest({ earlier }), settings).body?.content ?? '';
		expect(content).toMatch(
			/The same person<\/strong> was here before: Contact me, 2 Jan 2026, 03:04 UTC, lead <a href="https:\/\/contoso[^"]*">#050b7221<\/a>/,
		);
	});
});
