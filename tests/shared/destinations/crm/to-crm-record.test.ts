import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { crmLimits } from '../../../../shared/destinations/crm/metadata/built-in-columns.ts';
import { toCrmRecord, toSmallestRecord } from '../../../../shared/destinations/crm/to-crm-record.ts';
import type { Lead } from '../../../../shared/lead/lead.ts';
import { codePoint } from '../../../support/code-point.ts';
import { deliveryRequest, leadId, requestOfFixture } from '../../../support/delivery-request.ts';
import { leadFixtureNames } from '../../../support/lead-fixtures.ts';
import { propertyRuns } from '../../../support/property-runs.ts';

const nothing = { isTest: false, doNotContact: false, hasContact: true };
const recordOf = (lead: Partial<Lead>) => toCrmRecord({ ...deliveryRequest(), lead: { ...nothing, ...lead } }, {}).record;
const forms = {
	whole: (request: ReturnType<typeof deliveryRequest>) => toCrmRecord(request, {}).record,
	smallest: (request: ReturnType<typeof deliveryRequest>) => toSmallestRecord(request),
};

describe('a record', () => {
	it('has every value of a lead in its place', () => {
		expect(toCrmRecord(deliveryRequest({ lead: { action: 'PLT', source: 'SPZA' } }), { leadSource: 8 }).record).toEqual({
			subject: 'Contoso CRM – Contact me (AppSource)',
			firstname: 'Ada',
			lastname: 'Lovelace',
			companyname: 'Analytical Engines Ltd',
			emailaddress1: 'ada.lovelace@example.com',
			telephone1: '442071234567',
			jobtitle: 'Head of Computing',
			address1_country: 'GB',
			leadsourcecode: 8,
			overriddencreatedon: '2026-11-23T22:46:10.123Z',
			description: [
				`Marketplace lead ${leadId}, received 2026-11-23 22:46 UTC`,
				'Action: Contact me (PLT)\nSource: AppSource (SPZA)',
				'Lead source: AzureMarketplace',
				'Please call me.',
			].join('\n\n'),
		});
	});

	it.each<[Partial<Lead>, Parameters<typeof toCrmRecord>[1], object]>([
		[{ phone: '442071234567', country: 'GB' }, {}, { telephone1: '442071234567', address1_country: 'GB' }],
		[{ phone: '442071234567', country: 'GB' }, { internationalPhones: true }, { telephone1: '+44 20 7123 4567', address1_country: 'GB' }],
		[
			{ phone: '442071234567', country: 'UK' },
			{ countriesInWords: true },
			{ telephone1: '442071234567', address1_country: 'United Kingdom (GB)' },
		],
		[{ phone: '4917112345678', country: 'DE' }, { internationalPhones: true }, { telephone1: '4917112345678' }],
		[
			{ phone: 'call me', country: 'Narnia' },
			{ internationalPhones: true, countriesInWords: true },
			{ telephone1: 'call me', address1_country: 'Narnia' },
		],
	])('writes phone and country of %j by the settings %j', (lead, settings, expected) => {
		const { record, notes } = toCrmRecord(deliveryRequest({ lead }), settings);
		expect(record).toMatchObject(expected);
		expect(notes).toEqual([]);
	});

	it('says in its description what a country in words does not', () => {
		const { record } = toCrmRecord(deliveryRequest({ lead: { country: 'Scotland' } }), { countriesInWords: true });
		expect(record.address1_country).toBe('United Kingdom (GB)');
		expect(record.description).toContain('Country: Scotland');
	});

	it('does not repeat in its description a phone number that another column has in other words', () => {
		const fields = ['telephone1', 'mobilephone'].map((column, index) => ({
			column,
			setting: 'DATAVERSE_FIELDS' as const,
			constant: false,
			...(index && { said: '+44 20 7123 4567' }),
		}));
		expect(toCrmRecord(deliveryRequest(), {}, { fields }).notes).toEqual([]);
	});

	it('says that it was imported, whatever its description is made of', () => {
		const request = deliveryRequest({ importedAt: new Date('2026-11-29T08:00:00Z') });
		const said = 'Imported from a file of the marketplace, 2026-11-29 08:00 UTC';
		const own = { column: 'description', setting: 'DATAVERSE_FIELDS', said: 'Ours', constant: false } as const;
		for (const fields of [[], [own]]) expect(toCrmRecord(request, {}, { fields }).record.description).toContain(said);
		expect(toSmallestRecord(request).description).toContain(said);
	});

	it('says what the sender said beside the schema', () => {
		const { description } = recordOf({
			publisher: 'contoso',
			offer: 'contoso-crm',
			campaign: [{ name: 'mktcmpid', value: 'spring' }],
			unknown: [{ name: 'tags[0]', value: 'hot' }],
		});
		expect(description).toContain('Publisher id: contoso\nOffer id: contoso-crm');
		expect(description).toContain('Campaign parameters\nmktcmpid: spring');
		expect(description).toContain('Other information\ntags[0]: hot');
	});

	it.each([
		[{ lastName: 'Lovelace', company: 'C' }, 'Lovelace'],
		[{ company: 'Fabrikam', email: 'a@example.com' }, 'Fabrikam'],
		[{ email: 'ada@example.com' }, 'ada'],
		[{ email: '@example.com' }, '(unknown)'],
		[{ firstName: 'Ada', company: 'Fabrikam' }, '(unknown)'],
		[{ offerTitle: 'Contoso CRM' }, '(unknown)'],
	])('always has a last name: %j', (lead, lastname) => {
		expect(recordOf(lead)).toMatchObject({ lastname });
	});

	it.each([
		[{ offerTitle: 'Contoso CRM' }, 'Contoso CRM'],
		[{ offer: 'contoso-crm', action: 'INS' }, 'contoso-crm – Acquired / Get it now'],
		[{ source: 'SPZA' }, 'Marketplace lead (AppSource)'],
		[{ offerTitle: 'Contoso CRM', source: 'SPZA' }, 'Contoso CRM (AppSource)'],
		[{ firstName: 'Ada' }, 'Marketplace lead'],
		[{ offerTitle: 'Contoso CRM', isTest: true }, '[TEST] Contoso CRM'],
		[{ offerTitle: 'Contoso CRM', hasContact: false }, '[no contact data] Contoso CRM'],
		[{ offerTitle: 'Contoso CRM', action: 'DNC', doNotContact: true }, '[do not contact] Contoso CRM – Cross-listed: do not contact'],
	])('always has a subject: %j', (lead, subject) => {
		expect(recordOf(lead)).toMatchObject({ subject });
	});

	it('says that a customer must not be contacted, in the smallest form too', () => {
		const flags = { donotemail: true, donotphone: true, donotbulkemail: true };
		expect(recordOf({ doNotContact: true })).toMatchObject(flags);
		expect(toSmallestRecord(deliveryRequest({ lead: { doNotContact: true } }))).toMatchObject(flags);
		expect(recordOf({})).not.toHaveProperty('donotemail');
	});

	it('leaves the lead source to Dataverse when there is no setting', () => {
		expect(recordOf({})).not.toHaveProperty('leadsourcecode');
	});
});

describe('a record whose subject and description are the publisher’s', () => {
	const mapped = (columns: Record<string, string>, request: Parameters<typeof deliveryRequest>[0] = {}) => {
		const fields = Object.entries(columns).map(([column, said]) => ({
			column,
			said,
			setting: 'DATAVERSE_FIELDS' as const,
			constant: false,
		}));
		return toCrmRecord(deliveryRequest(request), {}, { fields }).record;
	};
	const marked = { isTest: true, doNotContact: true };
	const earlier = { leadId: '01a20ab7-c464-702b-b5f3-497c050b7221', receivedAt: Date.parse('2026-01-02T03:04:00Z'), action: 'PLT' };

	it('begins its description with the marks and the earlier lead', () => {
		const { description } = mapped({ subject: 'Lead', description: 'Call today.' }, { lead: marked, earlier });
		expect(description).toMatch(
			/^TEST, do not contact\n\nThe same person was here before: Contact me, 2026-01-02 03:04 UTC, lead #050b7221\n\nCall today\./,
		);
	});

	it('says them once when the description begins with them, and whenever it could be cut before it does', () => {
		const said = '[TEST] [do not contact] after #050b7221';
		expect(mapped({ description: `${said}: Call.` }, { lead: marked, earlier }).description).toMatch(/^\[TEST\] \[do not contact\] after/);
		expect(mapped({ description: '[TEST] Call.' }, { lead: marked }).description).toMatch(/^do not contact\n\n\[TEST\] Call\./);
		expect(mapped({ description: `${'Call. '.repeat(400)}${said}` }, { lead: marked, earlier }).description).toMatch(
			/^TEST, do not contact\n/,
		);
	});

	it('has the title of the offer in its description when it is nowhere else', () => {
		expect(mapped({ subject: 'Ada Lovelace' }).description).toContain('Offer: Contoso CRM');
		expect(mapped({ subject: 'Contoso CRM for Ada' }).description).not.toContain('Offer: ');
		expect(mapped({}).description).not.toContain('Offer: ');
	});

	it('loses nothing that the lead says beside its columns', () => {
		const lead: Partial<Lead> = {
			action: 'PLT',
			source: 'SPZA',
			publisher: 'contoso',
			offer: 'contoso-crm',
			leadSource: 'SPZA-contoso|contoso-crm',
			campaign: [
				{ name: 'mktcmpid', value: 'spring' },
				{ name: 'plan', value: 'gold' },
			],
			unknown: [
				{ name: 'Seats', value: '5' },
				{ name: 'Score', value: '0.75' },
			],
		};
		expect(
			mapped({ description: 'They want gold.', websiteurl: 'https://example.com/?s=0.75', subject: 'Contact me' }, { lead }).description,
		).toBe(
			[
				'They want gold.',
				'Offer: Contoso CRM',
				'Source: AppSource (SPZA)',
				'Publisher id: contoso\nOffer id: contoso-crm',
				'Lead source: SPZA-contoso|contoso-crm',
				'Please call me.',
				'Campaign parameters\nmktcmpid: spring',
				'Other information\nSeats: 5',
			].join('\n\n'),
		);
	});

	it('takes what a column holds in another form for said', () => {
		const fields = [
			{ column: 'description', said: 'Call.', setting: 'DATAVERSE_FIELDS' as const, constant: false },
			{ column: 'leadqualitycode', said: 'hot', setting: 'DATAVERSE_FIELDS' as const, constant: false },
		];
		const { record } = toCrmRecord(deliveryRequest({ lead: { unknown: [{ name: 'Heat', value: 'hot' }] } }), {}, { fields });
		expect(record.leadqualitycode).toBe(1);
		expect(record.description).not.toContain('hot');
	});
});

describe('a value that is too long', () => {
	it('is cut in its column, and whole in the description', () => {
		const company = 'Fabrikam and sons, '.repeat(10).trim();
		const record = recordOf({ lastName: 'L', company });
		expect(record.companyname).toBe(company.slice(0, 100));
		expect(record.description).toContain(`Company: ${company}`);
	});

	it('is not cut in the middle of an emoji', () => {
		expect(recordOf({ lastName: `${'x'.repeat(49)}🚀` })).toMatchObject({ lastname: 'x'.repeat(49) });
		expect(recordOf({ lastName: `${'x'.repeat(45)}👩‍👩‍👧‍👦` })).toMatchObject({ lastname: 'x'.repeat(45) });
		expect(recordOf({ lastName: `${'x'.repeat(48)}🚀` })).toMatchObject({ lastname: `${'x'.repeat(48)}🚀` });
		expect(recordOf({ lastName: `${'x'.repeat(49)}q\u0301` })).toMatchObject({ lastname: 'x'.repeat(49) });
	});

	it('is left out when a part of it would be another address or number', () => {
		const email = `${'a'.repeat(90)}@example.com`;
		const phone = '1'.repeat(51);
		const record = recordOf({ email, phone });
		expect(record).not.toHaveProperty('emailaddress1');
		expect(record).not.toHaveProperty('telephone1');
		expect(record.description).toContain(`E-mail: ${email}`);
		expect(record.description).toContain(`Phone: ${phone}`);
	});

	it('takes no room from the beginning of what else there is to say', () => {
		const description = String(
			recordOf({
				action: 'PLT',
				company: 'Fabrikam '.repeat(300),
				description: 'Please call. '.repeat(2000),
				campaign: [{ name: 'mktcmpid', value: 'spring '.repeat(1000) }],
				unknown: [{ name: 'score', value: '0.75' }],
			}).description,
		);
		expect(description.length).toBeLessThanOrEqual(2000);
		expect(description.length).toBeGreaterThan(1990);
		for (const beginning of ['Action: Contact me', 'Please call.', 'Company: Fabrikam', 'mktcmpid: spring', 'score: 0.75'])
			expect(description).toContain(beginning);
		expect(description.match(/… \(shortened; the whole text is in the journal\)/g)).toHaveLength(3);
		expect(description.indexOf('Please call')).toBeLessThan(description.indexOf('Company:'));
	});
});

describe.each(Object.entries(forms))('in its %s form, a record', (_, form) => {
	const check = (record: Record<string, unknown>) => {
		for (const [column, limit] of Object.entries(crmLimits)) {
			const value = record[column];
			if (value === undefined) continue;
			expect([column, value]).toEqual([column, expect.stringMatching(/\S/)]);
			expect(String(value).length).toBeLessThanOrEqual(limit);
			expect(String(value).isWellFormed()).toBe(true);
		}
		expect(record).toMatchObject({ subject: expect.any(String), lastname: expect.any(String), description: expect.any(String) });
		expect(String(record.description)).toContain(leadId);
	};

	it.each(leadFixtureNames)('fits the table: %s', (name) => {
		const record = form(requestOfFixture(name));
		check(record);
		expect(JSON.stringify(record)).not.toMatch(/undefined|null|\[object/);
	});

	it('fits the table for every lead', () => {
		const unit = fc.oneof(fc.string({ unit: codePoint, minLength: 1, maxLength: 3 }), fc.constantFrom('🚀', '👩‍👩‍👧‍👦', 'é', 'word '));
		const text = fc.tuple(unit, fc.integer({ min: 1, max: 3000 })).map(([piece, times]) => `x${piece.repeat(times)}`);
		const named = fc.array(fc.record({ name: text, value: text }), { maxLength: 3 });
		const members = Object.fromEntries(
			[
				'firstName',
				'lastName',
				'company',
				'email',
				'phone',
				'title',
				'country',
				'offerTitle',
				'offer',
				'publisher',
				'action',
				'source',
				'leadSource',
				'description',
			].map((name) => [name, text]),
		);
		const leads = fc.record(
			{ ...members, campaign: named, unknown: named, isTest: fc.boolean(), doNotContact: fc.boolean() },
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(leads, (lead) => check(form({ ...deliveryRequest(), lead: { ...nothing, ...(lead as Partial<Lead>) } }))),
			{ numRuns: Math.min(propertyRuns.numRuns, 2000) / 5 },
		);
	});
});

describe('the smallest record', () => {
	it('has a subject of 50 characters at most, as some environments allow no more', () => {
		const offerTitle = 'Contoso CRM for everybody who needs one of these things';
		const record = toSmallestRecord(deliveryRequest({ lead: { offerTitle } }));
		expect(record.subject).toBe('Contoso CRM for everybody who needs one of these t');
		expect(record.description).toContain(`Subject: ${offerTitle} – Acquired`);
		expect(record.description).toContain('Phone: 442071234567');
	});
});
