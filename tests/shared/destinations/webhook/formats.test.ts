import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import type { DeliveryRequest } from '../../../../shared/delivery/destination.ts';
import { createWebhookDestination } from '../../../../shared/destinations/webhook/create-webhook-destination.ts';
import type { FormatName } from '../../../../shared/destinations/webhook/format-traits.ts';
import { formats } from '../../../../shared/destinations/webhook/formats/formats.ts';
import { deliveryRequest, leadId, requestOfFixture } from '../../../support/delivery-request.ts';
import { endpointWithFormat } from '../../../support/endpoint.ts';
import { startStandIn } from '../../../support/stand-in.ts';

const bodyOf = (format: FormatName, request: DeliveryRequest = deliveryRequest(), texts: Record<string, string> = {}) =>
	formats[format].compose(request, endpointWithFormat(format, texts)).body;
const parsed = (...given: Parameters<typeof bodyOf>) => JSON.parse(bodyOf(...given));
const cardOf = (request?: DeliveryRequest, texts?: Record<string, string>) => parsed('teams', request, texts).attachments[0].content;

/** Every text that a reader sees. */
function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(textsIn);
}

/** Its own entry point cannot be imported by Node: the files that it names lack their endings. */
const { AdaptiveCard, SerializationContext, Versions } = createRequire(`${process.cwd()}/package.json`)(
	'adaptivecards/dist/adaptivecards.js',
) as typeof import('adaptivecards');

/** Without the unseen characters that keep clients from reading more into a text. */
const seen = (text: string) => text.replaceAll('\u2060', '');

/** What clients make links of without being told to: addresses, URLs, bare hosts, phone numbers. */
const linksIn = (text: string) =>
	text.match(
		/[\w.+-]+@[\w-]+|\b(?:https?|mailto|tel|sip|callto):[\w/+]|\bwww\.\w|[a-z\d-]\.(?:com|example|org|de|io)\b|\+?\d(?:[\s()./-]{0,3}\d){6,}/gi,
	) ?? [];

describe('an imported lead', () => {
	const request = deliveryRequest({ importedAt: new Date('2026-11-29T08:00:00Z') });

	it.each<FormatName>(['teams', 'slack', 'googlechat'])('says so in %s', (format) => {
		expect(bodyOf(format, request)).toMatch(/Imported from a file of the marketplace, 29 Nov 2026, 08:00 UTC/);
	});

	it('says so to programs', () => {
		expect(parsed('standard', request).data).toMatchObject({ importedAt: '2026-11-29T08:00:00.000Z' });
		expect(parsed('standard').data).not.toHaveProperty('importedAt');
	});
});

describe('a card for Teams', () => {
	it.each([
		'long-description',
		'markup-everywhere',
		'emoji-and-combining',
		'right-to-left',
		'many-unknown-members',
		'msft-test',
		'do-not-contact',
	])('is one of version 1.4 that the renderer of Microsoft reads without a complaint: %s', (name) => {
		const context = new SerializationContext(Versions.v1_4);
		const card = new AdaptiveCard();
		const json = cardOf(requestOfFixture(name));
		card.parse(json, context);
		expect(Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message)).toEqual([]);
		expect(card.getItemCount()).toBe(json.body.length);
	});

	it('comes in the envelope that the templates of workflows run through', () => {
		expect(parsed('teams')).toMatchObject({
			type: 'message',
			attachments: [
				{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: { type: 'AdaptiveCard', version: '1.4' } },
			],
		});
	});

	it('holds what leads say in text runs alone, which know no Markdown, and no date that is computed', () => {
		const said = '**x** [y](https://evil.example) {{DATE(2026-01-01T00:00:00Z, SHORT)}} {{ TIME(2026-01-01T00:00:00Z) }}';
		const card = cardOf(deliveryRequest({ lead: { company: said, description: said, campaign: [{ name: said, value: said }] } }));
		const holders = (value: unknown, holder: unknown): unknown[] =>
			typeof value === 'string' && value.includes('evil.example')
				? [holder]
				: typeof value === 'object' && value !== null
					? Object.values(value).flatMap((inner) => holders(inner, value))
					: [];
		const found = holders(card.body, undefined);
		expect(found.length).toBeGreaterThan(3);
		expect(found.filter((holder) => (holder as { type: string }).type !== 'TextRun')).toEqual([]);
		expect(JSON.stringify(card)).not.toMatch(/\{\{\s*(DATE|TIME)\(/);
	});

	it('is never longer than 27,000 bytes, and says that it was shortened', () => {
		const long = '𝔘"\\ü'.repeat(6000);
		const { body, warnings } = formats.teams.compose(deliveryRequest({ lead: { description: long } }), endpointWithFormat('teams'));
		expect(Buffer.byteLength(body)).toBeLessThanOrEqual(27_000);
		expect(Buffer.byteLength(body)).toBeGreaterThan(26_000);
		expect(warnings).toEqual(['the card is too long: long values are shortened']);
	});

	it('opens the record, and answers no one', () => {
		const card = cardOf(deliveryRequest({ recordUrl: 'https://contoso.crm4.dynamics.com/main.aspx?id=1' }));
		expect(card.actions).toEqual([
			{ type: 'Action.OpenUrl', title: 'Open the CRM record', url: 'https://contoso.crm4.dynamics.com/main.aspx?id=1' },
		]);
		expect(cardOf()).not.toHaveProperty('actions');
	});
});

describe.each(['teams', 'slack', 'googlechat'] as const)('a message of the format %s', (format) => {
	it('says in words what must not be overlooked', () => {
		const texts = textsIn(parsed(format, deliveryRequest({ lead: { isTest: true, doNotContact: true, hasContact: false } }))).join('\n');
		expect(texts).toMatch(/\[TEST\].*no real customer/s);
		expect(texts).toContain('Do not contact this customer.');
		expect(texts).toContain('No contact data');
	});

	it.each([1, 2, 5])(
		'gives no client anything to make a link of that calls or writes to a customer who wants neither: attempt %i',
		(attempt) => {
			const said =
				'write to ada@example.com, mailto:ada@example.com?subject=x, call tel:+442071234567 or 020 7123 4567, see www.example.com/x';
			const lead = { doNotContact: true, description: said, company: said, campaign: [{ name: said, value: said }] };
			const message = parsed(format, deliveryRequest({ attempt, lead }), { TITLE: '{{email}} {{phone}} {{company}}' });
			for (const text of textsIn(message).filter((one) => !/^http:\/\/adaptivecards\.io|^application\//.test(one)))
				expect(linksIn(text)).toEqual([]);
			expect(seen(textsIn(message).join('\n'))).toContain('ada.lovelace@example.com');
			expect(seen(textsIn(message).join('\n'))).toContain('020 7123 4567');
		},
	);

	it('leaves addresses and numbers of other customers as they are, to be copied', () => {
		expect(textsIn(parsed(format)).join('\n')).not.toMatch(/\u2060/);
	});

	it('begins with the title that a setting gives, and keeps its marks', () => {
		const request = deliveryRequest({ lead: { isTest: true } });
		const texts = textsIn(parsed(format, request, { TITLE: 'New: {{company}} & friends' }));
		expect(texts.some((text) => text.startsWith('[TEST] New: Analytical Engines Ltd'))).toBe(true);
	});

	it('shows every value of an ordinary lead', () => {
		const texts = textsIn(parsed(format)).join('\n');
		for (const value of [
			'Ada Lovelace',
			'Analytical Engines Ltd',
			'ada.lovelace@example.com',
			'+44 20 7123 4567',
			'United Kingdom (GB)',
			'Contoso CRM',
			'Please call me.',
			'Azure Marketplace',
			'1a2b3c4d',
		])
			expect(texts).toContain(value);
	});
});

describe('a message for Slack', () => {
	it('escapes what would call everyone, or pass for a link', () => {
		const body = bodyOf('slack', deliveryRequest({ lead: { company: '<!channel> <https://evil.example|bank> a & b' } }));
		expect(body).toContain('&lt;!channel&gt; &lt;https://evil.example|bank&gt; a &amp; b');
		expect(body).not.toMatch(/<!channel|<https:\/\/evil/);
	});

	it('asks Slack to make nothing of its text, in every attempt', () => {
		for (const attempt of [1, 2, 9]) expect(parsed('slack', deliveryRequest({ attempt }))).toMatchObject({ mrkdwn: false, parse: 'none' });
	});

	it('holds no URL of a lead that Slack could make a link of, even if it does not do as it is asked', () => {
		const company = 'Bank https://evil.example/a www.evil.example evil.com slack://open x@https://evil.example :tada:';
		const lead = { company, description: company };
		for (const attempt of [1, 2]) {
			const { text } = parsed('slack', deliveryRequest({ attempt, lead }), { TITLE: '{{company}}' });
			expect(linksIn(text).filter((found: string) => !/^ada\.lovelace@example|^\+44/.test(found))).toEqual([]);
			expect(text).not.toContain(':tada:');
			expect(seen(text)).toContain(company);
		}
		expect(parsed('slack', deliveryRequest({ attempt: 2 })).text).toContain('E-mail: ada.lovelace@example.com');
	});

	it('quotes in its text what the customer wrote, so that no line of it passes for one of ours', () => {
		const forged = 'Hello\nE-mail: ceo@evil.example\nReceived yesterday';
		const { text } = parsed('slack', deliveryRequest({ attempt: 2, lead: { description: forged, company: 'A\nPhone: 1' } }));
		const lines = (text as string).split('\n');
		expect(lines.filter((line) => line.startsWith('E-mail: '))).toEqual(['E-mail: ada.lovelace@example.com']);
		expect(lines.filter((line) => /^Phone: 1|^Received y/.test(line))).toEqual([]);
		expect(lines.map(seen)).toEqual(expect.arrayContaining(['Company: A Phone: 1', '&gt; Hello', '&gt; E-mail: ceo@evil.example']));
	});

	it('goes as text alone from the second attempt on, with all that the blocks say', () => {
		const first = parsed('slack');
		const second = parsed('slack', deliveryRequest({ attempt: 2 }));
		expect(first).toMatchObject({ blocks: expect.any(Array), unfurl_links: false, unfurl_media: false });
		expect(second).not.toHaveProperty('blocks');
		expect(second.text).toContain('E-mail: ada.lovelace@example.com');
		expect(second.text).toContain('Please call me.');
	});

	it('keeps the limits of blocks, for the longest of leads', () => {
		const long = '<&>'.repeat(4000);
		const values = Array.from({ length: 60 }, (_, index) => ({ name: `name ${index} ${long}`, value: long }));
		const request = deliveryRequest({
			lead: { company: long, description: long, offerTitle: long, firstName: long, campaign: values, unknown: values },
		});
		const { blocks } = parsed('slack', request);
		expect(blocks.length).toBeLessThanOrEqual(50);
		expect(textsIn(blocks).join('').length).toBeLessThan(13_000);
		for (const { type, text, fields = [] } of blocks) {
			expect(text?.text.length ?? 0).toBeLessThanOrEqual(type === 'header' ? 150 : 3000);
			expect(fields.length).toBeLessThanOrEqual(10);
			for (const field of fields) expect(field.text.length).toBeLessThanOrEqual(2000);
		}
		for (const text of textsIn(blocks)) expect(text).not.toMatch(/&(?!amp;|lt;|gt;)|[<>]/);
	});

	it('says that a description is shortened, also where escaping makes it longer than its block', () => {
		const request = deliveryRequest({ lead: { description: '&'.repeat(2400) } });
		const { body, warnings } = formats.slack.compose(request, endpointWithFormat('slack', {}));
		const shown = textsIn(JSON.parse(body).blocks).find((text) => text.includes('&amp;&amp;')) ?? '';
		expect([shown.endsWith('…'), shown.length <= 3000]).toEqual([true, true]);
		expect(warnings).toContain('the message is too long: long values are shortened');
	});
});

describe('a message for Google Chat', () => {
	it('says nothing of the lead in the text that may call everyone, and escapes it in the card', () => {
		const message = parsed('googlechat', deliveryRequest({ lead: { company: '<users/all> <b>x</b>' } }));
		expect(message.text).toBe('New lead #1a2b3c4d');
		expect(JSON.stringify(message.cardsV2[0].card.sections)).toContain('&lt;users/all&gt; &lt;b&gt;x&lt;/b&gt;');
	});

	it('reads the same in its title and its labels, whether they are taken for HTML or not', () => {
		const said = '<a href="https://evil.example">bank</a> &lt;b&gt; </b>';
		const { card } = parsed('googlechat', deliveryRequest({ lead: { company: said, campaign: [{ name: said, value: 'x' }] } }), {
			TITLE: '{{company}}',
		}).cardsV2[0];
		const labels = card.sections[0].widgets.map((widget: { decoratedText?: { topLabel: string } }) => widget.decoratedText?.topLabel ?? '');
		for (const text of [card.header.title, ...labels]) expect(text).not.toMatch(/<[a-z/!]|&[a-z#]/i);
		expect(seen(card.header.title)).toBe(said);
	});

	it.each([
		'key=a%2Bb&token=c',
		'key=a%2Bb&messageReplyOption=REPLY_MESSAGE_OR_FAIL&token=c',
		'messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD&key=a%2Bb&requestId=mine&token=c',
		'key=a%2Bb&token=c&message%52eplyOption=&requestId',
	])('names its request in the query, behind what was written there, and nothing of it twice: %s', async (query) => {
		const standIn = await startStandIn(() => ({ status: 200, body: '{"name":"spaces/A/messages/B"}' }));
		const own = endpointWithFormat('googlechat', { URL: `${standIn.root}/v1/spaces/A/messages?${query}` });
		const outcome = await createWebhookDestination('webhook:sales', own).deliver(deliveryRequest(), new AbortController().signal);
		standIn.close();
		expect(standIn.received[0]?.path).toBe(
			`/v1/spaces/A/messages?key=a%2Bb&token=c&requestId=${leadId}&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD`,
		);
		expect(outcome).toMatchObject({ kind: 'delivered', proof: { id: 'spaces/A/messages/B' } });
	});
});

describe('a flat lead', () => {
	it('has the same members for every lead, and one for each campaign parameter', () => {
		const all = Object.keys(parsed('json', requestOfFixture('long-values')));
		const least = Object.keys(parsed('json', requestOfFixture('company-and-phone-only')));
		expect(all.filter((name) => !name.startsWith('campaign_'))).toEqual(least);
		const campaign = [
			{ name: 'utm_Source', value: 'a' },
			{ name: '"}{', value: 'b' },
			{ name: 'UTM source', value: 'c' },
			{ name: '__proto__', value: 'd' },
		];
		expect(parsed('json', deliveryRequest({ lead: { campaign } }))).toMatchObject({
			campaign_utm_source: 'a',
			campaign_parameter: 'b',
			campaign_proto: 'd',
		});
	});

	it('has the fields of the setting too', () => {
		expect(parsed('json', undefined, { FIELDS: '{"team":"emea","greeting":"Hello {{firstName}}"}' })).toMatchObject({
			team: 'emea',
			greeting: 'Hello Ada',
			isTest: false,
			email: 'ada.lovelace@example.com',
		});
	});
});

describe('a submission for HubSpot', () => {
	it('has the fields of a contact, without those that are empty, and no consent that no one gave', () => {
		const submission = parsed('hubspot', deliveryRequest({ lead: { phone: '' } }));
		expect(submission).toEqual({
			submittedAt: String(Date.parse('2026-11-23T22:46:10.123Z')),
			fields: expect.arrayContaining([{ objectTypeId: '0-1', name: 'email', value: 'ada.lovelace@example.com' }]),
			context: { pageName: 'Contoso CRM' },
		});
		expect(submission.fields.map(({ name }: { name: string }) => name)).not.toContain('phone');
	});

	it('has the fields of the setting in their place', () => {
		const { fields } = parsed('hubspot', undefined, { FIELDS: '{"email":"{{email}}","lead_origin":"marketplace"}' });
		expect(fields.map(({ name }: { name: string }) => name)).toEqual(['email', 'lead_origin']);
	});
});

describe('a form', () => {
	const formOf = (...given: Parameters<typeof bodyOf>) => Object.fromEntries(new URLSearchParams(bodyOf(...given)));

	it('keeps to what the fields of Salesforce hold: a longer value, or what is no address, stands whole in the description', () => {
		const company = 'Long & Sons '.repeat(40).trim();
		const fields = formOf('form', deliveryRequest({ lead: { company, email: 'ada@home', firstName: '👩‍🚀'.repeat(10) } }));
		expect(fields.company).toHaveLength(255);
		expect([fields.company?.at(-1), (fields.first_name ?? '').length <= 40, fields.first_name?.isWellFormed(), fields.email]).toEqual([
			'…',
			true,
			true,
			undefined,
		]);
		expect(fields.description?.split('\n')).toEqual([
			'Please call me.',
			`first_name: ${'👩‍🚀'.repeat(10)}`,
			`company: ${company}`,
			'email: ada@home',
		]);
		expect(formOf('form', deliveryRequest({ lead: { description: 'x'.repeat(40_000) } })).description).toHaveLength(32_000);
	});

	it('for Salesforce has what Salesforce demands, also of a lead that does not say it', () => {
		expect(formOf('form')).toMatchObject({
			oid: '00D000000000000',
			retURL: expect.stringMatching(/^https:/),
			encoding: 'UTF-8',
			last_name: 'Lovelace',
			company: 'Analytical Engines Ltd',
			lead_source: 'Azure Marketplace',
		});
		const { firstName: _first, lastName: _last, company: _company, ...lead } = deliveryRequest().lead;
		expect(formOf('form', { ...deliveryRequest(), lead })).toMatchObject({ last_name: 'ada.lovelace', company: '(not given)' });
	});

	it('of another service has the fields of the setting alone', () => {
		const url = 'https://forms.contoso.example/submit';
		expect(formOf('form', undefined, { URL: url, FIELDS: '{"who":"{{name}} & co"}' })).toEqual({ who: 'Ada Lovelace & co' });
	});

	it('for Salesforce keeps an address that its field does not take, however long the description is', () => {
		const endpoint = { ...endpointWithFormat('form', {}), url: 'https://webto.salesforce.com/servlet/servlet.WebToLead' };
		const request = deliveryRequest({ lead: { email: 'ada at contoso', description: 'x'.repeat(40_000) } });
		const fields = new URLSearchParams(formats.form.compose(request, endpoint).body);
		expect([fields.has('email'), fields.get('description')]).toEqual([false, expect.stringContaining('email: ada at contoso')]);
	});
});

describe('a body of one’s own', () => {
	it('is filled in string by string, and flags are true or false', () => {
		const quoted = '","isAdmin":true,"x":"';
		expect(parsed('custom', deliveryRequest({ lead: { isTest: true, description: quoted } }))).toEqual({
			text: 'Ada Lovelace, Analytical Engines Ltd',
			test: true,
			list: [quoted, 1, null, { deep: 'ada.lovelace@example.com' }],
		});
	});
});

it('the example of the documented schema is one that is sent', () => {
	expect(JSON.parse(readFileSync('docs/webhook-standard.schema.json', 'utf8')).properties.type.enum).toContain(parsed('standard').type);
});
