import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import type { DeliveryRequest } from '../../../../shared/delivery/destination.ts';
import { type FormatName, formatTraits } from '../../../../shared/destinations/webhook/format-traits.ts';
import { formats } from '../../../../shared/destinations/webhook/formats/formats.ts';
import { clean } from '../../../../shared/lead/clean-text.ts';
import { checkTemplate } from '../../../../shared/templates/check-template.ts';
import { codePoint } from '../../../support/code-point.ts';
import { deliveryRequest, requestOfFixture } from '../../../support/delivery-request.ts';
import { endpointWithFormat } from '../../../support/endpoint.ts';

const names = Object.keys(formatTraits) as FormatName[];
const runs = { numRuns: Number(process.env.FAST_CHECK_RUNS ?? '') || 60 };

const hostile = fc.constantFrom(
	'","injected":"x',
	'\\","x":"',
	'{{name}} {{{email}}} {{#campaignList}}',
	'<!channel> <!here> <https://evil.example|bank> <@U123>',
	'**bold** [link](https://evil.example) ![x](https://evil.example/x.png)',
	'{{DATE(2026-01-01T00:00:00Z, SHORT)}} {{TIME(2026-01-01T00:00:00Z)}}',
	'<users/all> <b>x</b><script>alert(1)</script>',
	'&oid=00Devil&retURL=https://evil.example',
	'a\r\nX-Injected: yes\r\n\r\n',
	'@{triggerBody()} @{variables("x")}',
	'=HYPERLINK("https://evil.example")',
	'\u202e\u2028\u0000 👩‍👩‍👧‍👦',
	'__proto__',
);
const text = fc.oneof(
	hostile,
	fc.string({ unit: codePoint, maxLength: 300 }),
	fc.string({ maxLength: 40 }).map((one) => one.repeat(200)),
	fc.tuple(hostile, fc.string()).map((parts) => parts.join('')),
);
/** As leads are read: cleaned, and without a blank. */
const value = text.map((one) => clean(one) || 'x');
const named = fc.array(fc.record({ name: value, value }), { maxLength: 60 });
const members = [
	'firstName',
	'lastName',
	'email',
	'phone',
	'country',
	'company',
	'title',
	'offerTitle',
	'leadSource',
	'source',
	'action',
	'publisher',
	'offer',
	'description',
];

const request: fc.Arbitrary<DeliveryRequest> = fc
	.record({
		texts: fc.record(Object.fromEntries(members.map((name) => [name, value]))),
		campaign: named,
		unknown: named,
		flags: fc.record({ isTest: fc.boolean(), doNotContact: fc.boolean(), hasContact: fc.boolean() }),
		attempt: fc.integer({ min: 1, max: 9 }),
	})
	.map(({ texts, campaign, unknown, flags, attempt }) => ({
		...deliveryRequest({ attempt }),
		lead: { ...texts, campaign, unknown, ...flags },
	}));

/** The same lead with plain words in place of all that it says. */
const plain = ({ lead, ...rest }: DeliveryRequest): DeliveryRequest => {
	const { campaign = [], unknown = [], isTest, doNotContact, hasContact, ...texts } = lead;
	const words = (values: typeof campaign, of: string) => values.map((_, index) => ({ name: `${of}${index}`, value: 'word' }));
	return {
		...rest,
		lead: {
			...Object.fromEntries(
				Object.keys(texts).map((name) => [name, name === 'source' ? 'SPZA' : name === 'action' ? 'PLT' : `${name} word`]),
			),
			campaign: words(campaign, 'c'),
			unknown: words(unknown, 'u'),
			isTest,
			doNotContact,
			hasContact,
		},
	};
};

/** What an operator writes into settings: templates for titles, fields and bodies. */
const template = fc
	.array(
		fc.oneof(
			fc.constantFrom(...members, 'name', 'marks', 'reference', 'countryInWords', 'details').map((name) => `{{${name}}}`),
			fc.constantFrom('New: ', ' – ', '"', '\\', '&', '=', '<b>', '*', '{', '}', ': '),
		),
		{ minLength: 1, maxLength: 5 },
	)
	.map((parts) => parts.join(''))
	.filter((written) => checkTemplate(written, 'text').length === 0 && written.trim() !== '');
const { tree } = fc.letrec((tie) => ({
	tree: fc.oneof(
		{ maxDepth: 3 },
		template,
		fc.constantFrom('{{isTest}}', '{{doNotContact}}', 1, null, true),
		fc.array(tie('tree'), { maxLength: 3 }),
		fc.dictionary(fc.constantFrom('a', 'b', 'c"', 'text'), tie('tree'), { maxKeys: 3 }),
	),
}));
const settings = fc.record({
	TITLE: template,
	FIELDS: fc.dictionary(fc.constantFrom('email', 'who', 'a&b=c', '"', 'name', 'oid'), template, { minKeys: 1, maxKeys: 4 }),
	BODY: fc.array(tree, { minLength: 1, maxLength: 3 }),
});
const withTitle: FormatName[] = ['teams', 'slack', 'googlechat'];
const withFields: FormatName[] = ['json', 'form', 'hubspot'];
const endpointFor = (format: FormatName, { TITLE, FIELDS, BODY }: { TITLE: string; FIELDS: Record<string, string>; BODY: unknown }) =>
	endpointWithFormat(format, {
		...(withTitle.includes(format) && { TITLE }),
		...(withFields.includes(format) && { FIELDS: JSON.stringify({ ...FIELDS, ...(format === 'form' && { oid: '00D' }) }) }),
		...(format === 'custom' && { BODY: JSON.stringify(BODY) }),
	});

/** They are there only where a country or a phone number is understood, and a text made by chance may be one. */
const understood = ['countryCode', 'phoneInternational'];

/** Members, kinds of values and lengths of lists, without texts. */
function structureOf(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(structureOf);
	if (typeof value === 'object' && value !== null)
		return Object.fromEntries(
			Object.entries(value).flatMap(([name, inner]) =>
				name.startsWith('campaign_') || understood.includes(name) ? [] : [[name, structureOf(inner)]],
			),
		);
	return typeof value === 'boolean' ? value : typeof value;
}

const bodyOf = (format: FormatName, of: DeliveryRequest, own = endpointWithFormat(format)) => {
	const { body, headers } = formats[format].compose(of, own);
	return headers['content-type']?.includes('json') ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
};

/** Of Salesforce's form, which has them beside those of the setting. */
const usual = ['retURL', 'encoding', 'oid', 'first_name', 'last_name', 'company', 'email', 'phone', 'title', 'description', 'lead_source'];

const most: Partial<Record<FormatName, number>> = { standard: 20_000, teams: 27_000, googlechat: 32_000 };

describe.each(names)('whatever a lead says, its %s', (format) => {
	it('has the structure that a plain lead has', () => {
		fc.assert(
			fc.property(request, (of) => {
				const body = bodyOf(format, of);
				expect(structureOf(body)).toEqual(structureOf(bodyOf(format, plain(of))));
				expect(Object.keys(body).filter((name) => name.startsWith('campaign_') && !/^campaign_[a-z\d_]{1,40}$/.test(name))).toEqual([]);
			}),
			runs,
		);
	});

	it('has it with the templates of the settings too', () => {
		fc.assert(
			fc.property(request, settings, (of, written) => {
				const own = endpointFor(format, written);
				// A field without a value is left out by these two: a list of the sender's own names.
				const named = (body: unknown) => (format === 'form' || format === 'hubspot' ? undefined : structureOf(body));
				const body = bodyOf(format, of, own);
				expect(named(body)).toEqual(named(bodyOf(format, plain(of), own)));
				const allowed = [...Object.keys(written.FIELDS), ...usual];
				const names = format === 'hubspot' ? body.fields.map(({ name }: { name: string }) => name) : Object.keys(body);
				if (named(body) === undefined) expect(names.filter((name: string) => !allowed.includes(name))).toEqual([]);
			}),
			runs,
		);
	});

	it('is as long as the service takes it, in bytes', () => {
		fc.assert(
			fc.property(request, (of) => {
				const { body } = formats[format].compose(of, endpointWithFormat(format));
				expect(Buffer.byteLength(body)).toBeLessThanOrEqual(most[format] ?? Number.POSITIVE_INFINITY);
			}),
			runs,
		);
	});
});

describe('whatever a lead says, the text that Slack gets alone', () => {
	it('has the lines that a plain lead has, and beside them only what is quoted', () => {
		const labelsOf = (of: DeliveryRequest) =>
			(bodyOf('slack', of).text as string)
				.split('\n')
				.filter((line) => !line.startsWith('&gt; '))
				.map((line) => /^(Name|Company|Job title|E-mail|Phone|Country|Offer|Action|Source|Publisher|Received)\b/.exec(line)?.[1] ?? '');
		fc.assert(
			fc.property(request, (of) => {
				const later = { ...of, attempt: of.attempt + 1, lead: { ...of.lead, campaign: [], unknown: [] } };
				expect(labelsOf(later)).toEqual(labelsOf(plain(later)));
			}),
			runs,
		);
	});
});

const validate = new Ajv({ strict: false, formats: { uuid: /^[\da-f-]{36}$/ } }).compile(
	JSON.parse(readFileSync('docs/webhook-standard.schema.json', 'utf8')),
);

describe('the payload of the format standard', () => {
	it('is what docs/webhook-standard.schema.json says, for every lead', () => {
		fc.assert(
			fc.property(request, (of) => {
				expect([validate(bodyOf('standard', of)), validate.errors]).toEqual([true, null]);
			}),
			runs,
		);
	});

	it.each(readdirSync('samples').map((name) => name.replace('.json', '')))('is what the schema says for the sample %s', (name) => {
		const of = requestOfFixture(name);
		const earlier = { leadId: of.leadId, receivedAt: 1_790_000_000_000, action: 'PLT', recordUrl: 'https://crm.example/1' };
		expect([
			validate(bodyOf('standard', { ...of, recordUrl: 'https://crm.example/2', earlier, importedAt: new Date(0) })),
			validate.errors,
		]).toEqual([true, null]);
	});

	it('has every member of the schema, and the schema every member', () => {
		const all = { ...Object.fromEntries(members.map((name) => [name, name])), country: 'GB' };
		const values = [{ name: 'a', value: 'b' }];
		const earlier = { leadId: deliveryRequest().leadId, receivedAt: 1, action: 'PLT', recordUrl: 'https://crm.example/1' };
		const body = bodyOf('standard', {
			...deliveryRequest({ lead: { ...all, campaign: values, unknown: values } }),
			recordUrl: 'https://crm.example/2',
			importedAt: new Date(0),
			earlier,
		});
		const schema = JSON.parse(readFileSync('docs/webhook-standard.schema.json', 'utf8'));
		const missing = (part: { properties?: Record<string, object> }, of: Record<string, unknown>, path: string): string[] =>
			Object.entries(part.properties ?? {}).flatMap(([name, inner]) =>
				of[name] === undefined ? [`${path}.${name}`] : missing(inner, of[name] as never, `${path}.${name}`),
			);
		expect(missing(schema, body, '')).toEqual([]);
	});
});
