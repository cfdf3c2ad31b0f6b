import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DeliveryRequest } from '../../../../shared/delivery/destination.ts';
import { mailHtml } from '../../../../shared/destinations/email/mail-html.ts';
import { mailSubject } from '../../../../shared/destinations/email/mail-subject.ts';
import type { Lead } from '../../../../shared/lead/lead.ts';
import { countryInWords } from '../../../../shared/person/countries.ts';
import { templateView } from '../../../../shared/templates/template-view.ts';
import { deliveryRequest, leadId, leadOf, requestOfFixture } from '../../../support/delivery-request.ts';
import { leadFixtureNames } from '../../../support/lead-fixtures.ts';
import { bytesOf } from '../../../support/payload.ts';
import { propertyRuns } from '../../../support/property-runs.ts';

const htmlOf = (request: DeliveryRequest) => mailHtml(request, 'Title', { to: [], cc: [], locale: 'en-GB', timeZone: 'UTC' }).html;
const html = (lead: Partial<Lead> = {}) => htmlOf(deliveryRequest({ lead }));
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
/** What a reader sees of it. */
const textOf = (markup: string) =>
	markup
		.replace(/^.*<body/s, '')
		.replace(/<br>\n?/g, '\n')
		.replace(/<[^>]*>/g, '')
		.replace(/&([a-z#\d]+);/g, (_, name) => entities[name] ?? '?');
const digitsOf = (text: string) => text.replace(/\D/g, '');
const tagsOf = (markup: string) => markup.match(/<[^>]*>/g);
const maxBytes = 60_000;

describe('the HTML of a mail', () => {
	it.each(leadFixtureNames)('shows every value of a lead: %s', (name) => {
		const request = requestOfFixture(name);
		const { isTest, doNotContact, hasContact, campaign = [], unknown = [], phone = '', country = '', ...texts } = request.lead;
		const shown = textOf(htmlOf(request));
		for (const text of Object.values(texts)) expect(shown).toContain(text);
		for (const named of [...campaign, ...unknown]) {
			expect(shown).toContain(named.name);
			expect(shown).toContain(named.value);
		}
		// Written another way, they say the same.
		expect(
			shown
				.split('\n')
				.filter((line) => line.startsWith('Phone: '))
				.map(digitsOf),
		).toEqual(phone ? [digitsOf(phone)] : []);
		expect(shown).toContain(countryInWords(country)?.words ?? country);
		expect(shown).toContain('23 Nov 2026, 22:46 UTC');
		expect(shown).toContain(`Lead reference 1a2b3c4d · Lead id ${leadId}`);
		expect(shown).not.toMatch(/undefined|null|NaN|\[object/);
	});

	it('says that a lead was imported, and since when the customer has waited', () => {
		const request = deliveryRequest({ importedAt: new Date('2026-11-29T08:00:00Z') });
		expect(textOf(htmlOf(request))).toContain(
			'Imported from a file of the marketplace, 29 Nov 2026, 08:00 UTC. The customer has waited since 23 Nov 2026, 22:46 UTC.',
		);
	});

	it('says in words what the customer did and what that means', () => {
		expect(textOf(html({ action: 'PLT', source: 'SPZA' }))).toMatch(
			/Marketplace lead · AppSource.*Contact me – Contoso CRM\nThe customer pressed “Contact me”/s,
		);
		expect(textOf(html({ action: 'NEW' }))).toContain('NEW – Contoso CRM');
	});

	it('offers to reply, to call and to open the record', () => {
		const markup = htmlOf(deliveryRequest({ recordUrl: 'https://crm.example/main.aspx?etn=lead&id=1' }));
		expect(markup).toMatch(/href="mailto:ada\.lovelace@example\.com\?[^"]*"[^>]*>Reply to Ada</);
		expect(markup).toMatch(/href="tel:\+442071234567"[^>]*>Call \+44 20 7123 4567</);
		expect(markup).toMatch(/href="https:\/\/crm\.example\/main\.aspx\?etn=lead&amp;id=1"[^>]*>Open in CRM</);
		expect(html()).not.toContain('Open in CRM');
	});

	it('names someone who left a phone number alone by the number as it is shown', () => {
		const lead = { phone: '442071234567', country: 'GB', isTest: false, doNotContact: false, hasContact: true };
		const request = { ...deliveryRequest(), lead };
		expect(htmlOf(request)).toMatch(/<h1[^>]*>\+44 20 7123 4567</);
		expect(mailSubject(request)).toContain('+44 20 7123 4567');
		const view = templateView({ ...request, locale: 'en-GB', timeZone: 'UTC' });
		expect(view.get('name')).toBe('+44 20 7123 4567');
	});

	it('marks a test lead, a lead without contact data, and one that must not be contacted, which it does not link', () => {
		expect(textOf(html({ isTest: true }))).toContain('[TEST]');
		expect(textOf(html({ hasContact: false }))).toContain('No contact data');
		const doNotContact = html({ doNotContact: true });
		expect(textOf(doNotContact)).toContain('Do not contact');
		expect(doNotContact).not.toMatch(/mailto:|tel:/);
		expect(textOf(html())).not.toMatch(/TEST|No contact data|Do not contact/);
	});

	it('keeps the line breaks of a message', () => {
		expect(html({ description: 'a\n\nb <i>' })).toContain('>a<br>\n<br>\nb &lt;i&gt;<');
	});

	it('has no element that a lead brought', () => {
		const markup = [...'<>&"\'=/{!-'];
		const tame = (text: string) => text.replace(/[<>&"'=/{!-]/g, (character) => 'αβγδεζηθικ'[markup.indexOf(character)] ?? '');
		const text = fc.string({ unit: fc.constantFrom(...markup, 'a', ' x', '<b>', '</td>', '<!--', '-->'), minLength: 1, maxLength: 60 });
		const texts = fc.record({
			firstName: text,
			company: text,
			title: text,
			description: text,
			action: text,
			offerTitle: text,
			leadSource: text,
		});
		const unknown = fc.array(fc.record({ name: text, value: text }), { maxLength: 3 });
		// A link's subject is the offer's title, encoded.
		const elements = (lead: Partial<Lead>) =>
			tagsOf(html({ ...lead, email: 'a@example.com' }))?.map((tag) => tag.replace(/\?subject=[\w%.~-]*"/, '"'));
		fc.assert(
			fc.property(fc.record({ texts, unknown }), ({ texts, unknown }) => {
				const lead = { ...texts, unknown };
				const tamed = JSON.parse(JSON.stringify(lead), (_, value) => (typeof value === 'string' ? tame(value) : value));
				expect(elements(lead)).toEqual(elements(tamed));
			}),
			propertyRuns,
		);
	});

	it('puts no script into a link', () => {
		for (const email of ['javascript:alert(1)', '"onmouseover=alert(1) x="@example.com', 'a"><script>@example.com'])
			expect(html({ email, phone: 'javascript:alert(1)' })).not.toMatch(/href="(?!https:|mailto:[^"<>\s]+"|tel:)/);
	});

	it('uses nothing external, no script, and no layout that Outlook for Windows does not know', () => {
		for (const name of leadFixtureNames) {
			const markup = htmlOf(requestOfFixture(name));
			expect(tagsOf(markup)?.join('')).not.toMatch(/<(script|link|img|iframe|object|form|svg)|\s(src|srcset|background|on\w+)=|url\(/i);
			expect(markup).not.toMatch(/display:\s*(inline-)?(flex|grid)|position:|@import|@font-face/);
		}
	});
});

describe('the size of a mail', () => {
	const named = (count: number, text: (index: number) => string) =>
		Object.fromEntries(Array.from({ length: count }, (_, index) => [`${index}${text(index)}`, text(index)]));
	const fill = (unit: string, bytes: number) => unit.repeat(Math.floor(bytes / Buffer.byteLength(unit)));
	const largest: [string, object][] = [
		['one long text', { OfferTitle: 'x', Description: fill('word ', 32_600) }],
		['markup that grows when it is escaped', { OfferTitle: 'x', Description: fill('&', 32_600) }],
		['line breaks', { OfferTitle: 'x', Description: `a${fill('\n', 16_000)}a` }],
		['a hundred names and values', { OfferTitle: 'x', ...named(99, () => fill('&<', 150)) }],
		[
			'campaign parameters and other members',
			{ OfferTitle: 'x', Description: JSON.stringify(named(90, () => fill('<', 70))), ...named(95, () => fill('&', 80)) },
		],
		[
			'every member at once',
			{
				OfferTitle: fill('&', 4000),
				LeadSource: fill('<', 3000),
				ActionCode: fill('"', 1000),
				UserDetails: { FirstName: fill("'", 4000), Company: fill('&', 9000), Title: fill('👩‍👩‍👧', 4000), Email: fill('<', 3000) },
			},
		],
	];

	it.each(leadFixtureNames)('shortens nothing of an ordinary lead: %s', (name) => {
		const markup = htmlOf(requestOfFixture(name));
		expect(markup).not.toContain('(shortened)');
		expect(Buffer.byteLength(markup)).toBeLessThan(maxBytes);
	});

	it.each(largest)('is 60 KB at most for %s', (_, payload) => {
		const bytes = bytesOf(payload);
		expect(bytes.length).toBeLessThanOrEqual(32_768);
		const markup = htmlOf(deliveryRequest({ lead: leadOf(bytes) }));
		const size = Buffer.byteLength(markup);
		expect(size).toBeLessThanOrEqual(maxBytes);
		if (!markup.includes('(shortened)')) return;
		expect(textOf(markup)).toContain('The whole lead is in the journal.');
		// What there is room for is used.
		expect(size).toBeGreaterThan(maxBytes * 0.9);
	});
});
