import { describe, expect, it } from '@jest/globals';
import { composeMail } from '../../../../shared/destinations/email/compose-mail.ts';
import { styleSheet } from '../../../../shared/destinations/email/mail-parts.ts';
import { deliveryRequest, requestOfFixture } from '../../../support/delivery-request.ts';

const settings = { to: [], cc: [], locale: 'en-GB', timeZone: 'UTC' };
const earlier = { leadId: '01a20ab7-c464-702b-b5f3-497c050b7221', receivedAt: Date.parse('2026-01-02T03:04:00Z'), action: 'PLT' };
const recordUrl = 'https://contoso.crm4.dynamics.com/main.aspx?etn=lead&id=1&pagetype=entityrecord';
const htmlOf = (...how: Parameters<typeof composeMail>) => composeMail(...how).message.body?.content ?? '';
const usual = htmlOf(deliveryRequest({ recordUrl }), settings);
const marked = htmlOf(deliveryRequest({ lead: { isTest: true, doNotContact: true, hasContact: false }, earlier }), settings);
const longText = '&'.repeat(20_000);
const shortened = htmlOf(deliveryRequest({ lead: { description: longText, email: 'аda@contoso.com' } }), settings);

/** The mail as a client shows it that leaves out every colour, every background and the style sheet. */
const withoutColours = (html: string) =>
	html
		.replace(/<style>.*?<\/style>/s, '')
		.replace(/\s(?:bgcolor|color|background)="[^"]*"/g, '')
		.replace(/style="([^"]*)"/g, (_, style: string) => {
			const kept = style.split(';').filter((one) => !/^\s*(?:background|color)/.test(one));
			return `style="${kept.join(';').replace(/#[0-9a-f]{3,8}/gi, '')}"`;
		});

describe('what must not be overlooked in a mail', () => {
	it.each([
		['[TEST]', marked],
		['Do not contact', marked],
		['No contact data.', marked],
		['The same person', marked],
		['Shortened.', shortened],
	])('has a border, a sign and a word, without colours too: %s', (word, html) => {
		const end = `⚠ <strong>${word}</strong>`;
		const before = withoutColours(html).split(end);
		expect([word, before.length]).toEqual([word, 2]);
		const [, style] = /<td class="\w+" style="([^"]*)"><div>$/.exec(before[0] ?? '') ?? [];
		expect(style).toMatch(/border:2px solid/);
	});

	it('is a doubtful address too: a sign and words', () => {
		expect(withoutColours(shortened)).toContain('<strong>⚠ This address');
	});

	it('is text in a colour of its own nowhere', () => {
		// White text would need its background.
		for (const html of [usual, marked, shortened]) expect(html).not.toMatch(/[;"]color:#(?:fff|ffffff)\b/);
	});
});

describe('the buttons of a mail', () => {
	it('are links in a frame, without colours too', () => {
		const plain = withoutColours(usual);
		for (const [start, text] of [
			['mailto:', 'Reply to Ada'],
			['tel:', 'Call +44 20 7123 4567'],
			['https:', 'Open in CRM'],
		] as const) {
			const [, style = '', link = ''] =
				plain.match(new RegExp(`<td [^>]*style="([^"]*)">(<a href="${start}[^>]*>)${text.replace('+', '\\+')}</a></td>`)) ?? [];
			expect([text, style]).toEqual([text, expect.stringContaining('border:2px solid')]);
			expect(link).toContain('padding:');
		}
	});
});

describe('the media queries of a mail', () => {
	const queries = [...styleSheet.matchAll(/@media[^{]*\{((?:[^{}]*\{[^{}]*\}\s*)*)\}/g)].map(([, rules = '']) => rules);
	const properties = queries.flatMap((rules) => Array.from(rules.matchAll(/([a-z-]+):[^;}]+/g), ([, name]) => name));

	it('change colours and widths alone, so that nothing is lost where all or none are taken for true', () => {
		expect(queries).toHaveLength(2);
		expect([...new Set(properties)].sort()).toEqual([
			'background-color',
			'border-color',
			'border-top-color',
			'color',
			'padding-left',
			'padding-right',
			'width',
		]);
	});

	it('give each text in the dark a background, or none', () => {
		// What changes its background changes its text: either without the other could be unreadable.
		const dark = queries.find((rules) => rules.includes('.page')) ?? '';
		for (const kind of ['alarm', 'notice'])
			expect(dark).toMatch(new RegExp(`\\.${kind}\\{background-color:[^;]*;border-color:[^;]*;color:`));
	});
});

describe('text of a lead that looks like a link', () => {
	const links = [
		'https://evil.example/x?y=z',
		'http://127.0.0.1/x',
		'HTTPS://EVIL.EXAMPLE',
		'ftp://evil.example',
		'www.evil.example',
		'WWW.3com.example',
		'evil.example',
		'sub.evil.co.uk/path',
		'почта.рф',
		'evil.xn--p1ai',
		'evil.example.',
		'evil.co.uk',
		'例え。みんな',
		'boss@evil.example',
		'mailto:boss@evil.example',
		'tel:+441234567890',
		'skype:boss?call',
		'javascript:alert(1)',
		'file:///etc/passwd',
		'\\\\evil\\share',
	];
	/** What clients make links of, as far as a piece of text without an element in it goes. */
	const linkified = /[a-z][a-z\d+.-]*:\S|www[.。．｡]\S|[^\s@]@[^\s@]|[^\s.]\.(?:\p{L}{2,}(?![\p{L}\p{N}_-])|xn--)|[^\s]。\p{L}|\\\\\S/iu;
	const piecesOf = (html: string) =>
		html
			.replace(/^.*<body/s, '<body')
			.replace(/<a [^>]*>.*?<\/a>/gs, ' ')
			.split(/<[^>]*>/);
	const found = (html: string) => piecesOf(html).filter((piece) => linkified.test(piece));

	it.each(links)('is none in any place of a mail: %s', (link) => {
		const value = { name: link, value: link };
		const lead = {
			firstName: link,
			lastName: link,
			email: `not an address: ${link}`,
			phone: link,
			country: link,
			company: link,
			title: link,
			offerTitle: link,
			leadSource: link,
			source: link,
			action: link,
			publisher: link,
			offer: link,
			description: `See ${link} and (${link}), "${link}".\n${link}`,
			campaign: [value],
			unknown: [value],
		};
		const request = deliveryRequest({ lead, earlier: { ...earlier, action: link } });
		expect(found(htmlOf(request, settings))).toEqual([]);
		const body = '<p>{{name}} {{description}} {{country}} {{campaign.x}}{{#unknownList}}{{name}}: {{value}}{{/unknownList}}</p>';
		expect(found(htmlOf(request, { ...settings, body }))).toEqual([]);
		const text = htmlOf(request, settings)
			.replace(/<!--.*?-->|<[^>]*>/gs, '')
			.replace(/&#39;/g, "'");
		expect(text).toContain(link); // Nothing is in between for who reads or copies it.
	});

	it('is found by this test where nothing breaks it up', () => {
		for (const link of links) expect([link, linkified.test(link)]).toEqual([link, true]);
	});

	it('is none when it is the address of someone who must not be contacted', () => {
		const html = htmlOf(deliveryRequest({ lead: { doNotContact: true } }), settings);
		expect(html).toContain('ada.<span></span>lovelace@<span></span>example.<span></span>com');
		expect(found(html)).toEqual([]);
	});

	it('keeps ordinary text as it is', () => {
		const description = 'We have 1.200 seats of contoso.contoso-crm, e. g. 3.5 per team: call us at 10:30. Thanks!';
		expect(htmlOf(deliveryRequest({ lead: { description } }), settings)).toContain(
			`<div>${description.replace('10:30', '10:<span></span>30')}</div>`,
		);
	});

	it('is said to be someone else’s words, in every mail', () => {
		const grey = /<p class="m"[^>]*>The names, texts and other values in this mail are the words of whoever sent the lead\./;
		for (const html of [usual, marked, htmlOf(requestOfFixture('offer-title-only'), { ...settings, body: '<p>{{name}}</p>' })])
			expect(html).toMatch(grey);
	});
});

describe('the preview of a mail in a list', () => {
	it('is filled up, so that it does not go on with the mail’s own beginning', () => {
		const [, preheader = ''] = /<div style="display:none[^>]*>([^<]*)/.exec(htmlOf(requestOfFixture('offer-title-only'), settings)) ?? [];
		expect(preheader).toMatch(/(?:\u200c\u00a0){100}$/);
	});
});
