import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readLead } from '../../../shared/lead/read-lead.ts';
import { codePoint } from '../../support/code-point.ts';
import { leadFixture } from '../../support/lead-fixtures.ts';
import { bytesOf, payload } from '../../support/payload.ts';
import { propertyRuns } from '../../support/property-runs.ts';

const read = (body: unknown) =>
	readLead(body instanceof Uint8Array ? body : bytesOf(typeof body === 'string' ? JSON.stringify(body) : body));
const leadOf = (body: unknown) => {
	const reading = read(body);
	if (!reading.ok) throw new Error(JSON.stringify(reading.issues));
	return reading.lead;
};
const text = (value: unknown) => JSON.stringify(value);
const base64 = (value: unknown) => Buffer.from(text(value)).toString('base64');
const plain = payload({ LeadSource: 'AzureMarketplace-INS|contoso.contoso-crm' });
const { UserDetails: person, ...rest } = plain;
const said = leadOf(plain);

describe('the customer', () => {
	it.each([
		['as a text', text(person)],
		['as a text in a text in a text', text(text(text(person)))],
		['in a list of one', [person]],
		['as a text in a list of one in a text', text([text(person)])],
		['as a text with blanks and a BOM around it', `\ufeff\r\n ${text(person)} \n`],
		['in camelCase as a text', text(person).replace(/"([A-Z])(\w+)":/g, (_, first, name) => `"${first.toLowerCase()}${name}":`)],
	])('is read %s, under either name and in any casing', (_, value) => {
		for (const name of ['UserDetails', 'userdetails', 'CustomerInfo', 'customerInfo', 'CUSTOMERINFO'])
			expect(read({ ...rest, [name]: value })).toMatchObject({ lead: said });
	});

	it('is read from the marketplace’s own Azure table', () => {
		const { unknown, ...lead } = leadOf(leadFixture('azure-table'));
		expect(lead).toEqual(said);
		expect(unknown?.map(({ name }) => name)).toEqual(['PartitionKey', 'RowKey', 'Timestamp', 'ProductId', 'CreatedTime']);
	});

	it('keeps what a text says beside the known members, in its place', () => {
		const { unknown } = leadOf({ a: 1, CustomerInfo: text({ ...person, License: 'x', Tags: ['y'] }), b: 2, OfferTitle: 'z' });
		expect(unknown).toEqual([
			{ name: 'a', value: '1' },
			{ name: 'CustomerInfo.License', value: 'x' },
			{ name: 'CustomerInfo.Tags[0]', value: 'y' },
			{ name: 'b', value: '2' },
		]);
	});

	it.each(['Ada Lovelace', '{"FirstName":"Ada"', '[]', '[{},{}]', '"', text(text([1, 2])), '{'.repeat(1000)])(
		'that cannot be read from a text is kept as it came: %s',
		(CustomerInfo) => {
			const { unknown, ...lead } = leadOf({ ...rest, CustomerInfo });
			expect(lead).toMatchObject({ offerTitle: said.offerTitle, hasContact: false });
			expect(unknown?.[0]).toMatchObject({ name: 'CustomerInfo', value: CustomerInfo });
		},
	);
});

describe('the offer', () => {
	it('is read by its other name, unless its own says it', () => {
		const { OfferTitle, ...other } = plain;
		expect(leadOf({ ...other, offerDisplayName: OfferTitle })).toEqual(said);
		expect(leadOf({ OfferDisplayName: 'other', ...plain })).toEqual({ ...said, unknown: [{ name: 'OfferDisplayName', value: 'other' }] });
		expect(leadOf({ OfferDisplayName: 'x' })).toMatchObject({ offerTitle: 'x' });
	});
});

const flavours: [string, (lead: unknown) => unknown][] = [
	['a text', text],
	['a text in a text', (lead) => text(text(lead))],
	['a list of one', (lead) => [lead]],
	['a list of one text', (lead) => [text(lead)]],
	['body', (lead) => ({ body: lead })],
	['a request', (lead) => ({ headers: { Host: 'x', Date: 'now' }, queries: {}, body: text(lead) })],
	['lead', (lead) => ({ lead })],
	['Lead, as a text', (lead) => ({ Lead: text(lead) })],
	['bytes of a Logic App', (lead) => ({ '$content-type': 'text/plain; charset=utf-8', $content: base64(lead) })],
	['a cloud event', (lead) => ({ specversion: '1.0', id: '1', source: '/x', type: 'y', time: 'z', data: lead })],
	['a cloud event of bytes', (lead) => ({ specversion: '1.0', id: '1', source: '/x', type: 'y', data_base64: base64(lead) })],
	['a list of one event', (lead) => [{ id: '1', eventType: 'x', subject: 'y', eventTime: 'z', topic: '/x', dataVersion: '', data: lead }]],
	['the list of a table', (lead) => ({ value: [lead] })],
	['whatever name', (lead) => ({ whatever: lead })],
	['an event in a list in a request', (lead) => ({ body: [{ specversion: '1.0', id: '1', data: text(lead) }] })],
];

describe('a lead in an envelope', () => {
	it.each(flavours)('is read as without it, also as a test lead: %s', (_, put) => {
		expect(read(put(plain))).toMatchObject({ ok: true, lead: said, contentId: Object(read(plain)).contentId });
		const test = payload({ UserDetails: { FirstName: 'MSFT_TEST_638997552000000000' } });
		expect(leadOf(put(test)).isTest).toBe(true);
		expect(leadOf(put({ ...test, UserDetails: text(test.UserDetails) })).isTest).toBe(true);
	});

	it.each([
		'body-as-text',
		'list-of-one',
		'request-as-body',
		'request-as-bytes',
		'cloud-event',
		'event-grid',
		'person-as-text',
		'person-as-text-twice',
	])('is read from the sample %s', (name) => {
		expect(leadOf(leadFixture(name))).toEqual(said);
	});

	it.each(['azure-table-msft-test', 'msft-test-in-a-wrapper'])('is known as a test lead in the sample %s', (name) => {
		expect(leadOf(leadFixture(name))).toMatchObject({ isTest: true, hasContact: true, offerTitle: 'Contoso CRM' });
	});

	it('needs no customer under a name that wrappers have', () => {
		expect(leadOf({ body: { Email: 'x@example.com' } })).toMatchObject({ email: 'x@example.com' });
		expect(leadOf({ data: text({ LeadSource: 'SPZA-DNC|a.b' }) })).toMatchObject({ source: 'SPZA', doNotContact: true });
		expect(leadOf({ OfferTitle: 'x', lead: { Email: 'x@example.com' } })).toMatchObject({ email: 'x@example.com', offerTitle: 'x' });
	});

	it('is told from what is beside it: the offer is the lead’s, the rest is kept', () => {
		expect(leadOf({ title: 'New lead', OfferTitle: 'x', score: 7, data: { ...plain, OfferTitle: undefined } })).toEqual({
			...said,
			offerTitle: 'x',
			unknown: [
				{ name: 'title', value: 'New lead' },
				{ name: 'score', value: '7' },
			],
		});
	});

	it('is no envelope when it names a customer itself', () => {
		expect(leadOf({ ...plain, body: { UserDetails: { Email: 'other@example.com' } } })).toEqual({
			...said,
			unknown: [{ name: 'body.UserDetails.Email', value: 'other@example.com' }],
		});
		expect(leadOf({ Email: 'top@example.com', data: plain })).toMatchObject({ email: 'top@example.com' });
	});

	it.each<[string, unknown]>([
		['two that could be it', { a: plain, b: plain }],
		['a list of two', [plain, plain]],
		['what has known names by chance', { data: { title: 'x', description: 'y', country: 'DE' } }],
		['a name that no wrapper has, and no customer', { foo: { Email: 'x@example.com' } }],
		['ten envelopes', flavours.slice(4, 14).reduce<unknown>((inner, [, put]) => put(inner), { foo: { body: plain } })],
		['a list in a list', [[]]],
	])('is not guessed: %s', (_, body) => {
		expect(read(body).ok).toBe(false);
	});

	it('is read as without it, whatever the payload and the envelope', () => {
		const leads = fc.record(
			{
				UserDetails: fc.dictionary(fc.constantFrom('FirstName', 'EMAIL', 'phone', 'License'), fc.string({ unit: 'grapheme' })),
				OfferTitle: fc.string(),
				LeadSource: fc.string(),
				Description: fc.json(),
				more: fc.jsonValue({ maxDepth: 2 }),
			},
			{ requiredKeys: ['UserDetails'] },
		);
		fc.assert(
			fc.property(leads, fc.constantFrom(...flavours), (lead, [, put]) => {
				const reading = read(lead);
				fc.pre(reading.ok && (reading.lead.hasContact || reading.lead.offerTitle !== undefined));
				expect(read(put(lead))).toEqual(reading);
			}),
			propertyRuns,
		);
	});

	it('never makes the reading fail, whatever is in it', () => {
		const name = fc.constantFrom(
			'body',
			'data',
			'lead',
			'$content',
			'data_base64',
			'value',
			'UserDetails',
			'CustomerInfo',
			'Email',
			'specversion',
		);
		const { value } = fc.letrec<{ value: unknown }>((tie) => ({
			value: fc.oneof(
				{ maxDepth: 6 },
				fc.string({ unit: codePoint }),
				fc.constant(null),
				fc.array(tie('value'), { maxLength: 2 }),
				fc.dictionary(name, tie('value'), { maxKeys: 3 }),
				tie('value').map(text),
				tie('value').map(base64),
			),
		}));
		fc.assert(
			fc.property(value, (body) => {
				expect(typeof read(body).ok).toBe('boolean');
			}),
			propertyRuns,
		);
	});
});
