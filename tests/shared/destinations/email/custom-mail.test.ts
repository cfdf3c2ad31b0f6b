import { describe, expect, it } from '@jest/globals';
import { composeMail } from '../../../../shared/destinations/email/compose-mail.ts';
import { deliveryRequest, leadId } from '../../../support/delivery-request.ts';

const settings = { to: ['sales@contoso.example'], cc: ['team@contoso.example'], locale: 'en-GB', timeZone: 'UTC' };
const mailOf = (...how: Parameters<typeof composeMail>) => composeMail(...how).message;
const test = { isTest: true, hasContact: true } as const;

describe('a mail that is shaped by settings and rules', () => {
	it('goes to whom the rule chooses instead', () => {
		const choice = { to: ['berlin@contoso.example'], cc: [] };
		expect(mailOf(deliveryRequest({ choice }), settings)).toMatchObject({
			toRecipients: [{ emailAddress: { address: 'berlin@contoso.example' } }],
			ccRecipients: [],
		});
	});

	it('takes its subject from the template, the rule before the setting, and keeps marks and reference', () => {
		const reference = `[#${leadId.slice(-8)}]`;
		const request = deliveryRequest({ lead: { ...test, company: 'Contoso' } });
		expect(mailOf(request, { ...settings, subject: 'New: {{company}}' }).subject).toBe(`[TEST] New: Contoso ${reference}`);
		expect(mailOf({ ...request, choice: { subject: '{{marks}} {{reference}}' } }, { ...settings, subject: 'x' }).subject).toBe(
			`[TEST] ${leadId.slice(-8)}`,
		);
	});

	it('uses the built-in texts when a template fails or gives nothing', () => {
		const plain = mailOf(deliveryRequest(), settings);
		const broken = mailOf(deliveryRequest(), { ...settings, subject: '{{#nobody}}', body: '{{> partial}}' });
		const blank = mailOf(deliveryRequest(), { ...settings, subject: ' {{publisher}} ', body: ' ' });
		for (const mail of [broken, blank]) expect(mail).toEqual(plain);
	});

	it('warns of a template that fails, by the name of its setting', () => {
		expect(composeMail(deliveryRequest(), { ...settings, subject: '{{nobody}}', body: '{{> partial}}' }).warnings).toEqual([
			'EMAIL_SUBJECT holds {{nobody}}, which is not known',
			'EMAIL_BODY holds {{>partial}}: partials are not supported',
		]);
		expect(composeMail(deliveryRequest({ choice: { subject: '{{nobody}}' } }), { ...settings, subject: 'x' })).toMatchObject({
			message: { subject: mailOf(deliveryRequest(), settings).subject },
			warnings: ['LEAD_ROUTES: a subject holds {{nobody}}, which is not known'],
		});
		expect(composeMail(deliveryRequest(), { ...settings, subject: '{{name}}', body: '{{publisher}}' }).warnings).toEqual([]);
	});

	it('is 60 KB at most, whatever the template repeats', () => {
		const body = '<p>{{description}}{{name}}{{offerTitle}}</p>'.repeat(600);
		const { message, warnings } = composeMail(deliveryRequest({ lead: { description: '&'.repeat(200) } }), { ...settings, body });
		expect(Buffer.byteLength(message.body?.content ?? '')).toBeLessThanOrEqual(60_000);
		expect(message.body?.content).toContain('Lead reference 1a2b3c4d');
		expect(warnings).toEqual(['EMAIL_BODY makes a mail of more than 60 KB']);
	});

	it('takes its body from the template: built-in parts, escaped values, notices that nobody can leave out', () => {
		const request = deliveryRequest({ lead: { ...test, company: '<b>Contoso</b>' } });
		const content = mailOf(request, { ...settings, body: '<p>Hello from {{company}}</p>{{parts.details}}' }).body?.content ?? '';
		expect(content).toContain('<p>Hello from &lt;b&gt;Contoso&lt;/b&gt;</p>');
		expect(content).toContain('Sent by Partner Center');
		expect(content).toContain('Company');
		expect(content).not.toContain('A reply to this mail');
	});

	it.each([
		['{{#isTest}}{{marks}} {{/isTest}}{{name}}', '[do not contact] Ada Lovelace [#1a2b3c4d]'],
		['{{name}} {{marks}}', 'Ada Lovelace [do not contact] [#1a2b3c4d]'],
		['{{#isTest}}{{reference}}{{/isTest}}Lead', '[do not contact] Lead [#1a2b3c4d]'],
		[`${'x'.repeat(300)}{{marks}} {{reference}}`, `[do not contact] ${'x'.repeat(226)} [#1a2b3c4d]`],
	])('adds to the subject the marks that %s does not print', (subject, expected) => {
		expect(mailOf(deliveryRequest({ lead: { doNotContact: true } }), { ...settings, subject }).subject).toBe(expected);
	});

	const earlier = { leadId: '01a20ab7-c464-702b-b5f3-497c050b7221', receivedAt: Date.parse('2026-01-02T03:04:00Z'), action: 'PLT' };
	const noticed = /Do not contact<\/strong>|No contact data|The same person<\/strong>/g;
	it.each([
		[
			'{{#isTest}}{{marks}}{{parts.notices}}{{/isTest}}{{name}}',
			['Do not contact</strong>', 'No contact data', 'The same person</strong>'],
		],
		['{{marks}}{{name}}', ['No contact data', 'The same person</strong>']],
		[
			'<p title="{{marks}} > {{earlier.reference}}">{{name}}</p>',
			['Do not contact</strong>', 'No contact data', 'The same person</strong>'],
		],
		['{{name}}{{#earlier}}, see {{earlier.reference}}{{/earlier}}', ['Do not contact</strong>', 'No contact data']],
		['{{name}}{{parts.notices}}', ['Do not contact</strong>', 'No contact data', 'The same person</strong>']],
	])('puts above the body the notices that nobody can read in %s', (body, expected) => {
		const request = deliveryRequest({ lead: { doNotContact: true, hasContact: false }, earlier });
		expect(mailOf(request, { ...settings, body }).body?.content?.match(noticed)).toEqual(expected);
	});

	it('tells the time where the reader is', () => {
		const receivedAt = new Date('2026-01-15T12:00:00Z');
		const german = mailOf(deliveryRequest({ receivedAt }), { ...settings, locale: 'de-DE', timeZone: 'Europe/Berlin' });
		expect(german.body?.content).toMatch(/15\. Jan\.? 2026, 13:00 MEZ/);
	});

	it('mentions what the same person did before', () => {
		const earlier = {
			leadId: '01a20ab7-c464-702b-b5f3-497c050b7221',
			receivedAt: Date.parse('2026-01-02T03:04:00Z'),
			action: 'PLT',
			recordUrl: 'https://contoso.crm4.dynamics.com/main.aspx?id=1',
		};
		const content = mailOf(deliveryRequest({ earlier }), settings).body?.content ?? '';
		expect(content).toMatch(
			/The same person<\/strong> was here before: Contact me, 2 Jan 2026, 03:04 UTC, lead <a href="https:\/\/contoso[^"]*">#050b7221<\/a>/,
		);
	});
});
