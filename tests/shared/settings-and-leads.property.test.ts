import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideDestinations } from '../../shared/accept/decide-destinations.ts';
import type { DeliveryRequest } from '../../shared/delivery/destination.ts';
import { crmSettingsOf } from '../../shared/destinations/crm/crm-settings.ts';
import { builtInColumns } from '../../shared/destinations/crm/metadata/built-in-columns.ts';
import { gatherParts } from '../../shared/destinations/crm/record-parts.ts';
import { toCrmRecord, toSmallestRecord } from '../../shared/destinations/crm/to-crm-record.ts';
import { composeMail } from '../../shared/destinations/email/compose-mail.ts';
import { contactLinks } from '../../shared/destinations/email/contact-links.ts';
import { emailSettingsOf } from '../../shared/destinations/email/email-settings.ts';
import type { Lead } from '../../shared/lead/lead.ts';
import { readLead } from '../../shared/lead/read-lead.ts';
import { doubtfulAddress } from '../../shared/person/doubtful-address.ts';
import { matchRoute } from '../../shared/rules/match-route.ts';
import { findDoubts } from '../../shared/settings/find-doubts.ts';
import { readSettings } from '../../shared/settings/read-settings.ts';
import type { Settings } from '../../shared/settings/settings.ts';
import { codePoint } from '../support/code-point.ts';
import { leadId } from '../support/delivery-request.ts';
import { bytesOf } from '../support/payload.ts';
import { propertyRuns } from '../support/property-runs.ts';

/** Markup in every disguise, texts that mean something to a template or a rule, half characters, ordinary words. */
const tricky = [
	'<xss>',
	'</p><xss a="b">',
	'"><xss>',
	"'><xss>",
	'&lt;xss&gt;',
	'<!--',
	'-->',
	'<![CDATA[',
	'</style>',
	'</td></tr></table>',
	'javascript:xss()',
	'" onclick="xss()',
	'{{{name}}}',
	'{{>p}}',
	'{{#company}}x{{/company}}',
	'{{constructor}}',
	'{{',
	'__proto__',
	'\r\nBcc: evil@evil.example',
	'\u202e',
	'\u0000',
	'\ud800',
	'\\ud800',
	'𝕏',
	' ',
	'',
	'Ada',
	'ada@customer.example',
	'"<xss>"@customer.example',
	'+49 30 1234567',
	'Germany',
	'DE',
	'MSFT_TEST',
	'DNC',
	'x'.repeat(500),
];
const text = fc.oneof(
	fc.constantFrom(...tricky),
	fc.string({ unit: codePoint, maxLength: 12 }),
	fc.array(fc.constantFrom(...tricky.slice(0, -1)), { maxLength: 4 }).map((parts) => parts.join('')),
);
const some = (members: Record<string, fc.Arbitrary<unknown>>, ...requiredKeys: string[]) => fc.record(members, { requiredKeys });

const person = some({ FirstName: text, LastName: text, Email: text, Phone: text, Country: text, Company: text, Title: text });
const payload = some({
	UserDetails: person,
	LeadSource: fc.oneof(text, fc.constantFrom('AzureMarketplace-INS|contoso.crm-basic', 'SPZA-PLT|x.y')),
	ActionCode: fc.oneof(text, fc.constantFrom('INS', 'PLT', 'DNC')),
	OfferTitle: text,
	Description: fc.oneof(
		text,
		fc.dictionary(text, text, { maxKeys: 4 }).map((parameters) => JSON.stringify(parameters)),
	),
	Extra: fc.jsonValue({ maxDepth: 2 }),
});

const name = fc.constantFrom(
	...'name company email phone country offerTitle description campaign.x unknown.y links.mail parts.top parts.details'.split(' '),
	...'receivedAt isTest marks earlier.reference recordUrl nobody'.split(' '),
);
const template = fc
	.array(
		fc.oneof(
			name.map((one) => `{{${one}}}`),
			name.map((one) => `<p title="{{${one}}}">{{${one}}}</p>`),
			name.map((one) => `<a href="https://x.example/?q={{${one}}}">y</a>`),
			name.map((one) => `<a href='{{${one}}}'>y</a>`),
			name.map((one) => `{{#${one}}}a{{.}}{{/${one}}}`),
			name.map((one) => `{{^${one}}}b{{/${one}}}`),
			fc.constantFrom('<p>', '</p>', '<br>', '{{', '}}', '{{!c}}', '&{{name}};', '{{#campaignList}}{{name}}={{value}};{{/campaignList}}'),
			fc.constantFrom('<script>{{name}}</script>', '<style>{{name}}</style>', '<!-- {{name}} -->', '<? {{name}}', '<svg>{{name}}</svg>'),
			text,
		),
		{ minLength: 1, maxLength: 4 },
	)
	.map((parts) => parts.join(''));

const pattern = fc.oneof(fc.constantFrom('*', 'DE', 'Germany', 'spza', 'INS', 'con*', '*.example', 'customer.example'), text);
const conditions = some({
	source: pattern,
	action: pattern,
	publisher: pattern,
	offer: fc.array(pattern, { maxLength: 3 }),
	country: pattern,
	emailDomain: pattern,
	campaign: fc.dictionary(fc.constantFrom('x', '__proto__', 'y'), pattern, { maxKeys: 2 }),
	test: fc.boolean(),
	ofer: pattern,
});
const column = fc.constantFrom(
	...'jobtitle new_x campaignid ownerid description subject lastname revenue leadsourcecode __proto__ constructor'.split(' '),
);
const fields = fc.dictionary(
	column,
	fc.oneof(
		template,
		fc.double(),
		fc.boolean(),
		fc.constant(null),
		fc.record({ value: template, type: fc.constantFrom('text', 'memo', 'wholeNumber', 'date', 'choice', 'boolean') }),
		fc.record({ lookup: fc.constantFrom('campaigns', 'x'), by: fc.constant('codename'), value: template }),
		fc.jsonValue({ maxDepth: 1 }),
	),
	{ maxKeys: 4 },
);
const recipients = fc.constantFrom<unknown[]>(
	'a@contoso.example',
	['b@contoso.example', 'c@contoso.example'],
	'{{email}}',
	'',
	'\ud800@contoso.example',
);
const choice = some({
	destinations: fc.constantFrom<unknown[]>('email', 'crm', ['email', 'crm'], 'fax', []),
	to: recipients,
	cc: recipients,
	subject: template,
	owner: fc.constantFrom('team:Sales', 'x', 'user:1'),
	fields,
	journalOnly: fc.constantFrom(true, false),
});
const rules = fc.array(some({ name: text, when: conditions, choose: choice }, 'when', 'choose'), { maxLength: 6 });
const orText = (...values: string[]) => fc.oneof(fc.constantFrom(...values), text);
const settings: fc.Arbitrary<Record<string, string>> = fc.record(
	{
		LEAD_DESTINATIONS: fc.constantFrom('email', 'crm', 'email;crm', 'fax', 'email;fax', ''),
		LEAD_ROUTES: fc.oneof({ weight: 6, arbitrary: rules.map((list) => JSON.stringify(list)) }, fc.json(), text),
		LEAD_TEST_POLICY: orText('deliver', 'journal'),
		LEAD_DNC_POLICY: orText('deliver', 'journal'),
		LEAD_DEDUPE_WINDOW: text,
		LEAD_SWEEP_SCHEDULE: text,
		EMAIL_FROM: orText('leads@contoso.example'),
		EMAIL_TO: fc.constantFrom('sales@contoso.example', 'x', 'a@contoso.example;b@contoso.example'),
		EMAIL_CC: fc.constantFrom('cc@contoso.example', '\ud800@contoso.example', '{{email}}', ''),
		EMAIL_SUBJECT: template,
		EMAIL_BODY: template,
		EMAIL_LOCALE: orText('en-GB', 'ar-EG', 'de', 'fa-IR-u-nu-latn', 'th-TH-u-ca-buddhist'),
		EMAIL_TIME_ZONE: orText('UTC', 'Asia/Kathmandu', 'EST'),
		DATAVERSE_URL: orText('https://contoso.crm4.dynamics.com'),
		DATAVERSE_FIELDS: fc.oneof({ weight: 4, arbitrary: fields.map((map) => JSON.stringify(map)) }, text),
		DATAVERSE_OWNER: text,
		DATAVERSE_LEAD_SOURCE: orText('8', '999999999'),
	},
	{ requiredKeys: [] },
);

const markup = [...'<>&"\'=/{!-'];
const tame = (value: string) => value.replace(/[<>&"'=/{!-]/g, (character) => 'αβγδεζηθικ'[markup.indexOf(character)] ?? '');
function tamedAddress(email: string, isLinked: boolean): string {
	if (doubtfulAddress(email)) return 'аda@customer.example'; // It begins with a Cyrillic letter.
	return isLinked ? 'ada@customer.example' : tame(email).replaceAll('@', '°');
}
/** The same lead without a character of markup; links are there for what they were there for. */
function tamed(lead: Lead): Lead {
	const { email, phone, ...rest } = lead;
	const links = contactLinks(lead);
	return {
		...(JSON.parse(JSON.stringify(rest), (_, value) => (typeof value === 'string' ? tame(value) : value)) as typeof rest),
		...(email !== undefined && { email: tamedAddress(email, links.mail !== undefined) }),
		...(phone !== undefined && { phone: links.phone ? '+49301234567' : tame(phone) }),
	};
}
/** Every tag with what is not quoted in it: a lead may speak between quotes, and where a template's `<?` makes a comment, which only a `>` ends. */
const tagsOf = (html: string) =>
	// An empty element breaks up what looks like a link.
	html
		.replaceAll('<span></span>', '')
		.match(/<[^>]*>/g)
		?.map((tag) => (/^<[?!](?!doctype)/i.test(tag) ? '<!>' : tag.replace(/"[^"]*"|'[^']*'/g, '""')));

const requestOf = (lead: Lead, chosen: DeliveryRequest['choice']): DeliveryRequest => ({
	leadId,
	receivedAt: new Date('2026-11-23T22:46:10.123Z'),
	lead,
	attempt: 1,
	recordUrl: 'https://contoso.crm4.dynamics.com/main.aspx?etn=lead&id=1',
	...(chosen && { choice: chosen }),
});

function expectGoodMail(request: DeliveryRequest, settings: Settings): void {
	const email = emailSettingsOf(settings);
	const mailOf = (lead: Lead) => composeMail({ ...request, lead }, email).message;
	const { subject, body, toRecipients = [], ccRecipients = [] } = mailOf(request.lead);
	const html = body?.content ?? '';
	expect(tagsOf(html)).toEqual(tagsOf(mailOf(tamed(request.lead)).body?.content ?? ''));
	expect(subject).toMatch(/^[^\r\n\0]{1,255}$/);
	for (const { emailAddress } of [...(toRecipients ?? []), ...(ccRecipients ?? [])])
		expect(emailAddress?.address).toMatch(/^[a-z]+@contoso\.example$/);
	if (/xss|javascript/.test(JSON.stringify(email))) return;
	expect(html).not.toMatch(/<\/?xss|href=["']\s*javascript:/i);
}

async function expectGoodRecord(request: DeliveryRequest, settings: Settings): Promise<void> {
	const crm = crmSettingsOf(settings);
	const environment = { columns: async () => builtInColumns, findRecord: async () => ({ missing: 'none' }) as const };
	const parts = await gatherParts(request, crm, environment, new AbortController().signal);
	for (const record of [toCrmRecord(request, crm, parts).record, toSmallestRecord(request, parts)]) {
		expect(record.subject).toBeTruthy();
		expect(record.lastname).toBeTruthy();
	}
}

it(
	'brings every lead somewhere or says why not, throws nowhere and lets no markup out, whatever the settings and the lead',
	async () => {
		await fc.assert(
			fc.asyncProperty(settings, payload, async (environment, body) => {
				const read = readSettings(environment);
				await findDoubts(read);
				const reading = readLead(bytesOf(body));
				if (!reading.ok) return expect(reading.issues).not.toEqual([]);
				const { lead } = reading;
				const { destinations, undecided, journalOnly } = await decideDestinations(lead, read);
				const isAnswerable = undecided && read.issues.some(({ setting }) => setting === 'LEAD_DESTINATIONS');
				expect(destinations.length > 0 || journalOnly !== undefined || isAnswerable).toBe(true);
				const request = requestOf(lead, (await matchRoute(lead, read.routes)).choice);
				expectGoodMail(request, read);
				await expectGoodRecord(request, read);
			}),
			propertyRuns,
		);
	},
	60_000 + 50 * propertyRuns.numRuns,
);
