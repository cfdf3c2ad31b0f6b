import { describe, expect, it } from '@jest/globals';
import { readLead } from '../../../shared/lead/read-lead.ts';
import { leadFixture, leadFixtureNames } from '../../support/lead-fixtures.ts';
import { bytesOf, payload } from '../../support/payload.ts';

function leadOf(body: unknown) {
	const reading = readLead(body instanceof Uint8Array ? body : bytesOf(body));
	if (!reading.ok) throw new Error(JSON.stringify(reading.issues));
	return reading.lead;
}

function issuesOf(body: unknown) {
	const reading = readLead(bytesOf(body));
	return reading.ok ? [] : reading.issues;
}

const fixture = (name: string) => leadOf(leadFixture(name));
const idOf = (bytes: Uint8Array) => {
	const reading = readLead(bytes);
	return reading.ok ? reading.contentId : undefined;
};
const published2020 = {
	firstName: 'Some',
	lastName: 'One',
	email: 'someone@contoso.com',
	phone: '16175555555',
	country: 'USA',
	company: 'Contoso',
	title: 'Esquire',
	offerTitle: 'Test Microsoft',
	leadSource: 'AzureMarketplace',
	source: 'AzureMarketplace',
	action: 'INS',
	description: 'Test run through Power Automate',
	isTest: false,
	doNotContact: false,
	hasContact: true,
};

describe('readLead', () => {
	it('reads the example that Microsoft publishes', () => {
		expect(fixture('published-2020')).toEqual(published2020);
	});

	it('reads the example of 2018, which has neither action nor description', () => {
		const { action: _, description: __, ...older } = published2020;
		expect(fixture('published-2018')).toEqual({ ...older, leadSource: 'Test run through MS Flow', source: 'Test run through MS Flow' });
	});

	it.each(['camel-case', 'mixed-case', 'upper-case'])('reads the same lead in %s', (name) => {
		expect(fixture(name)).toEqual(published2020);
		expect(idOf(leadFixture(name))).toBe(idOf(leadFixture('published-2020')));
	});

	it.each(leadFixtureNames)('accepts %s', (name) => {
		expect(readLead(leadFixture(name))).toMatchObject({ ok: true, contentId: expect.stringMatching(/^[\da-f]{64}$/) });
	});

	it('never says null, undefined or [object Object]', () => {
		for (const name of leadFixtureNames) expect(Object.values(fixture(name)).flat().map(String).join()).not.toMatch(/null|undefined/);
	});
});

describe('source and action', () => {
	it('come from a composite lead source', () => {
		expect(fixture('composite-source')).toMatchObject({
			leadSource: 'SPZA-PLT|contoso.contoso-crm_preview-1234',
			source: 'SPZA',
			action: 'PLT',
			publisher: 'contoso',
			offer: 'contoso-crm_preview-1234',
		});
	});

	it('let an action code of its own win', () => {
		expect(leadOf(payload({ LeadSource: 'SPZA-PLT|a.b', ActionCode: 'INS' }))).toMatchObject({ source: 'SPZA', action: 'INS' });
	});

	it.each(['DNC', 'dnc'])('mark %s as not to be contacted', (ActionCode) => {
		expect(leadOf(payload({ ActionCode })).doNotContact).toBe(true);
		expect(leadOf(payload({ ActionCode: null, LeadSource: `SPZA-${ActionCode}|a.b` })).doNotContact).toBe(true);
	});
});

describe('test leads', () => {
	it.each(['FirstName', 'LastName', 'Company', 'Email'])('are known by %s', (member) => {
		expect(leadOf(payload({ UserDetails: { [member]: 'MSFT_TEST_638997552000000000' } })).isTest).toBe(true);
		expect(leadOf(payload({ UserDetails: { [member]: ' msft_test' } })).isTest).toBe(true);
		expect(leadOf(payload({ UserDetails: { [member]: 'not MSFT_TEST' } })).isTest).toBe(false);
	});

	it('are not known by their source', () => {
		expect(leadOf(payload({ LeadSource: 'MSFT_TEST', ActionCode: 'MSFT_TEST' })).isTest).toBe(false);
		expect(fixture('msft-test-source').isTest).toBe(true);
	});
});

describe('little data', () => {
	it('is enough: names and e-mail, company and phone, an offer title', () => {
		expect(fixture('names-and-email-only')).toMatchObject({ firstName: 'Grace', lastName: 'Hopper', hasContact: true });
		expect(fixture('company-and-phone-only')).toMatchObject({ company: 'Fabrikam', phone: '498912345678', hasContact: true });
		expect(fixture('offer-title-only')).toEqual({ offerTitle: 'Contoso CRM', isTest: false, doNotContact: false, hasContact: false });
	});

	it('is the same whether the rest is null, blank or missing', () => {
		expect(fixture('nulls-and-blanks')).toEqual({
			email: 'katherine.johnson@example.com',
			offerTitle: 'Contoso CRM',
			leadSource: 'AzureMarketplace',
			source: 'AzureMarketplace',
			isTest: false,
			doNotContact: false,
			hasContact: true,
		});
	});
});

describe('values', () => {
	it('of the wrong type become text, digit by digit; what is no single value is kept as unknown', () => {
		expect(fixture('wrong-types')).toMatchObject({
			firstName: 'true',
			lastName: '42',
			phone: '16175555555555555555',
			country: '276',
			leadSource: 'false',
			action: '0',
			offerTitle: '-1',
			unknown: [
				{ name: 'UserDetails.Company.Name', value: 'Contoso' },
				{ name: 'UserDetails.Company.Size', value: '12' },
				{ name: 'UserDetails.Title[0]', value: 'CEO' },
				{ name: 'UserDetails.Title[1]', value: 'CTO' },
				{ name: 'Description[0]', value: 'first' },
				{ name: 'Description[1]', value: 'second' },
			],
		});
	});

	it('are one line each, without controls, except free text', () => {
		const lead = fixture('markup-everywhere');
		expect(lead.firstName).toBe(`<script>alert('FirstName')</script> "q" {{constructor.name}} Bcc: x@example.com txt.exe`);
		expect(lead.email).toBe('"<b>x</b>"@example.com Bcc: y@example.com');
		expect(lead.description).toContain(' \nBcc: x@example.com');
		expect(lead.unknown).toEqual([
			{ name: '<u>name</u>', value: "=cmd|' /C calc'!A1" },
			{ name: '</td>. x', value: '<!-- --> &amp; &#60;' },
		]);
		expect(JSON.stringify(lead)).not.toMatch(/\\u00|[\u202a-\u202e]/);
	});

	it('are NFC', () => {
		expect(fixture('emoji-and-combining')).toMatchObject({
			firstName: '👩‍👩‍👧‍👦 Zoë',
			lastName: 'Ångström 𠮷野',
			description: expect.stringContaining('नमस्ते 👍🏽 '),
		});
	});

	it('are kept whole, however long', () => {
		expect(fixture('long-description').description).toHaveLength(20_000);
	});
});

describe('members of the same name', () => {
	it('are believed in their order; another value is kept as unknown', () => {
		expect(fixture('repeated-keys')).toMatchObject({
			email: 'first@example.com',
			firstName: 'Ada',
			lastName: 'Lovelace',
			company: 'Contoso',
			leadSource: 'AzureMarketplace',
			unknown: [
				{ name: 'UserDetails.email', value: 'second@example.com' },
				{ name: 'userdetails.LASTNAME', value: 'Byron' },
				{ name: 'Email', value: 'third@example.com' },
				{ name: 'Tag', value: 'one' },
				{ name: 'Tag', value: 'two' },
			],
		});
	});

	it('at the top are believed when UserDetails does not say', () => {
		expect(fixture('person-at-the-top')).toMatchObject({ firstName: 'Ada', email: 'ada.lovelace@example.com', title: 'Head of Computing' });
		expect(leadOf({ Email: 'top@example.com', UserDetails: { Email: '' } })).toMatchObject({ email: 'top@example.com' });
		expect(leadOf({ Email: 'top@example.com', UserDetails: { Email: 'in@example.com' } })).toMatchObject({
			email: 'in@example.com',
			unknown: [{ name: 'Email', value: 'top@example.com' }],
		});
	});

	it('keep a second description whole', () => {
		expect(leadOf('{"Description":"{}","description":"text","DESCRIPTION":{"utm":"x"}}')).toMatchObject({
			description: 'text',
			unknown: [{ name: 'DESCRIPTION.utm', value: 'x' }],
		});
	});
});

describe('unknown members', () => {
	it('are kept, nested ones too', () => {
		expect(fixture('unknown-members').unknown).toEqual([
			{ name: 'UserDetails.LinkedIn', value: 'ada-l' },
			{ name: 'UserDetails.Address.City', value: 'London' },
			{ name: 'UserDetails.Address.Lines[0]', value: "12 St James's Square" },
			{ name: 'UserDetails.Address.Lines[1]', value: 'Westminster' },
			{ name: 'tags[0]', value: 'hot' },
			{ name: 'tags[1]', value: 'emea' },
			{ name: 'score', value: '0.75' },
			{ name: 'newsletter', value: 'false' },
			{ name: 'planId', value: 'gold' },
			{ name: 'notes', value: 'first line\nsecond line' },
		]);
	});

	it('may be called __proto__ and constructor; no prototype is touched', () => {
		const lead = fixture('prototype-names');
		expect(lead.unknown?.map(({ name }) => name)).toEqual([
			'__proto__.isAdmin',
			'__proto__.toString',
			'constructor.prototype.polluted',
			'hasOwnProperty',
			'UserDetails.__proto__',
			'UserDetails.constructor',
			'UserDetails.toString',
		]);
		expect(lead.campaign).toEqual([
			{ name: '__proto__.x', value: '1' },
			{ name: 'constructor', value: '2' },
		]);
		expect(Object.getPrototypeOf(lead)).toBe(Object.prototype);
		expect({}).not.toHaveProperty('isAdmin');
		expect({}).not.toHaveProperty('polluted');
	});

	it('do not make a lead', () => {
		expect(issuesOf({ foo: 'bar', UserDetails: { License: 'x' } })).toHaveLength(1);
	});
});

describe('descriptions', () => {
	it('that are JSON objects become campaign parameters', () => {
		expect(fixture('campaign-description')).toMatchObject({
			campaign: [
				{ name: 'mktcmpid', value: 'spring-2026' },
				{ name: 'partnerid', value: '4711' },
				{ name: 'utm_source', value: 'newsletter' },
				{ name: 'nested.a[0]', value: 'x' },
				{ name: 'nested.a[1]', value: 'y' },
			],
		});
		expect(fixture('campaign-description')).not.toHaveProperty('description');
		expect(fixture('campaign-object').campaign).toHaveLength(2);
	});

	it('stay text otherwise', () => {
		expect(fixture('blank-campaigns')).toMatchObject({ description: 'Campaigns:' });
		expect(fixture('free-text-description').description).toContain('demo:\n\t- next week\n');
	});
});

describe('a refusal', () => {
	it.each([
		['', 'The body is empty; a JSON object is expected.'],
		['{"Email":"ada@example.com"', 'The body is not valid JSON: close brace expected at character 27; a JSON object is expected.'],
		['[]', 'The body is JSON, but not an object; a JSON object is expected.'],
		['"x"', 'The body is JSON, but not an object; a JSON object is expected.'],
		['1', 'The body is JSON, but not an object; a JSON object is expected.'],
		['null', 'The body is JSON, but not an object; a JSON object is expected.'],
		['['.repeat(10_000), 'The body is nested deeper than 32 levels; a JSON object is expected.'],
	])('of %j says what is expected', (body, detail) => {
		expect(issuesOf(body)).toEqual([{ pointer: '', detail }]);
	});

	it('names what would have made a lead', () => {
		expect(issuesOf('{}')).toEqual([
			{
				pointer: '',
				detail:
					'None of the known lead fields has a value; at least one of UserDetails (FirstName, LastName, Email, Phone, Country, Company, Title), ' +
					'OfferTitle, LeadSource, ActionCode and Description is expected.',
			},
		]);
	});

	it('lists every known member that could not be used, by pointer, without its value', () => {
		const issues = issuesOf(
			'{"userDetails":{"Email":{"secret":"s3cret"},"phone":" "},"UserDetails":"s3cret","Description":["s3cret"],"offertitle":null,"Phone":[],"x":"s3cret"}',
		);
		expect(issues.slice(1).toSorted((one, other) => one.pointer.localeCompare(other.pointer, 'en'))).toEqual([
			{ pointer: '/Description', detail: 'Is an array; text is expected.' },
			{ pointer: '/offertitle', detail: 'Is blank; text is expected.' },
			{ pointer: '/Phone', detail: 'Is an array; text is expected.' },
			{ pointer: '/UserDetails', detail: 'Is a single value; an object is expected.' },
			{ pointer: '/userDetails/Email', detail: 'Is an object; text is expected.' },
			{ pointer: '/userDetails/phone', detail: 'Is blank; text is expected.' },
		]);
		expect(JSON.stringify(issues)).not.toContain('s3cret');
	});

	it('is short even when a thousand members are blank', () => {
		const issues = issuesOf(`{${'"Email":"",'.repeat(1000)}"Phone":null}`);
		expect(issues).toHaveLength(51);
		expect(issues.at(-1)).toEqual({ pointer: '', detail: 'Has 952 more issues of this kind.' });
	});
});

describe('a payload of 32 KiB', () => {
	const size = 32 * 1024;
	const filled = (before: string, unit: string, after: string) =>
		before + unit.repeat(Math.floor((size - Buffer.byteLength(before + after)) / Buffer.byteLength(unit))) + after;

	it.each([
		['spaces in a description', filled('{"Description":"a', ' ', 'b"}')],
		['line breaks', filled('{"Description":"a', '\\r\\n', 'b"}')],
		['quotes', filled('{"Description":"', '\\"', '"}')],
		['an array', filled('{"OfferTitle":"x","t":[1', ',1', ']}')],
		['members', filled('{"OfferTitle":"x"', ',"a":1', '}')],
		['one name again and again', filled('{"Email":"x"', ',"email":1', '}')],
		['a long name over many values', `{"Email":"x","${'n'.repeat(16_000)}":[1${',1'.repeat(8000)}]}`],
		['descriptions', filled('{"Email":"x"', ',"Description":"{\\"a\\":\\"b\\"}"', '}')],
		['a lead source', filled('{"LeadSource":"SPZA-INS|p.', '-|.', '"}')],
		['combining marks', filled('{"Email":"a', '\u0301\u0316', '"}')],
		['undecodable bytes', filled('{"Email":"a', '\\udc00', '"}')],
	])('full of %s makes a lead not much larger than itself', (_, text) => {
		expect(Buffer.byteLength(JSON.stringify(leadOf(text)))).toBeLessThan(2 * Buffer.byteLength(text) + 1024);
	});

	it.each([
		['spaces', ' '.repeat(size)],
		['brackets', '['.repeat(size)],
		['quotes', '"'.repeat(size)],
		['backslashes', `"${'\\'.repeat(size)}`],
		['braces and brackets', filled('', '{"a":[', '')],
		['comments', filled('', '/*/', '')],
	])('of %s is refused', (_, text) => {
		expect(issuesOf(text)).toHaveLength(1);
	});
});

describe('a body that is nearly JSON', () => {
	const read = (text: string) => {
		const reading = readLead(Buffer.from(text));
		return reading.ok ? reading.lead : reading.issues;
	};
	const plain = '{"UserDetails":{"Email":"a@b.example"},"Description":"x"}';

	it.each(['\ufeff\ufeff', '\u00a0', '\u200b', '\x1a'])('is read without what cannot be seen around it: %j', (around) => {
		expect(read(around + plain + around)).toEqual(read(plain));
		expect(read(`${plain}\0${around}`)).toEqual(read(plain));
	});

	it.each([
		['\n', 'a\nb'],
		['\r\n', 'a\nb'],
		['\t', 'a\tb'],
		['\x07', 'ab'],
	])('is read with %j in a text, which should be escaped there', (control, description) => {
		expect(read(`{\r\n\t"UserDetails":{"Email":"a@b.example"},"Description":"a${control}b"}`)).toMatchObject({
			email: 'a@b.example',
			description,
		});
	});

	it.each([
		'{"UserDetails":{"Email":"a@b.example"},"Description":"a\n}',
		'{"UserDetails":{"Email":"a@b.example",}}',
		`${plain}${plain}`,
		'\0',
	])('is refused when that is not all that is wrong: %j', (text) => {
		expect(read(text)).toEqual([expect.objectContaining({ pointer: '' })]);
	});

	it('may have blanks and line breaks around the names of its members', () => {
		expect(
			read('{" UserDetails":{"FirstName ":"Ada","\\r\\nEmail":"a@b.example","\\ufeffPhone":"1"}," offerTitle\\t":"CRM"}'),
		).toMatchObject({
			firstName: 'Ada',
			email: 'a@b.example',
			phone: '1',
			offerTitle: 'CRM',
		});
	});
});
