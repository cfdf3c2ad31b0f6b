import { describe, expect, it } from '@jest/globals';
import type { ListedLead } from '../../../shared/journal/entries.ts';
import { newLeadId, timeOfLeadId } from '../../../shared/lead/lead-id.ts';
import { findIdsLike, leadFinder, readLeadName } from '../../../shared/operate/find-lead.ts';
import { facetFilter, facetsOf, inWords } from '../../../shared/operate/lead-facets.ts';
import { bytesOf, payload } from '../../support/payload.ts';

const id = '019a3c5e-7d10-7c4e-9a51-2f6fcb9ad2a8';
const listed = (posted: object) =>
	({
		leadId: id,
		receivedAt: 1,
		deliveries: {},
		summary: { name: 'Zoë Ångström', email: 'zoe@example.com', offer: 'Contoso CRM', action: 'PLT' },
		payload: bytesOf(posted),
		contentType: 'application/json',
	}) as unknown as ListedLead;
const lead = listed(
	payload({
		UserDetails: { FirstName: 'Zoë', Country: 'Deutschland', Phone: '4917112345678' },
		LeadSource: 'SPZA-PLT|contoso.crm-pro',
		ActionCode: 'PLT',
		Description: JSON.stringify({ mktcmpid: 'spring_sale', utm_source: 'newsletter' }),
	}),
);

describe('a lead', () => {
	it.each([
		'cb9ad2a8',
		'[#cb9ad2a8]',
		'019a3c5e',
		id.toUpperCase(),
		'zoe angstrom',
		'zoe@example.com',
		'0171 1234-5678',
		'+49 171 12345678',
		'contoso crm-pro',
		'appsource',
		'contact me',
		'germany',
		'Deutschland',
		'Alemania',
		'de',
		'DEU',
		'zoe germany',
		'angstrom allemagne',
		'spring_sale',
		'mktcmpid=spring',
		'newsletter zoe',
	])('is found by %j', (search) => {
		expect(leadFinder(search)(lead)).toBe(true);
	});

	it.each(['cb9ad2a9', 'france', 'FR', '0171 1234-5679', 'autumn', 'zoe france'])('is not found by %j', (search) => {
		expect(leadFinder(search)(lead)).toBe(false);
	});

	it('is found by its summary where its payload cannot be read', () => {
		expect(leadFinder('zoe contoso')({ ...lead, payload: bytesOf('not a lead') })).toBe(true);
	});

	it.each<[Parameters<typeof facetFilter>[0], boolean]>([
		[{ country: 'Germany' }, true],
		[{ country: 'de' }, true],
		[{ country: 'Austria' }, false],
		[{ offer: 'crm' }, true],
		[{ offer: 'CRM-PRO' }, true],
		[{ offer: 'erp' }, false],
		[{ action: 'plt' }, true],
		[{ action: 'Contact me' }, true],
		[{ action: 'INS' }, false],
		[{ campaign: 'spring' }, true],
		[{ campaign: 'utm_source=news' }, true],
		[{ campaign: 'autumn' }, false],
		[{ source: 'AppSource' }, true],
		[{ source: 'spza' }, true],
		[{ source: 'Azure Marketplace' }, false],
		[{ country: 'Germany', source: 'spza', offer: 'crm' }, true],
		[{ country: 'Germany', source: 'AzurePortal' }, false],
		[{ country: '' }, false],
	])('has %j: %j', (asked, expected) => {
		expect(facetFilter(asked)(lead)).toBe(expected);
	});

	it('has facets as people count them', () => {
		expect(facetsOf(lead)).toEqual({
			offer: ['Contoso CRM'],
			country: ['DE'],
			action: ['PLT'],
			campaign: ['spring_sale'],
			source: ['SPZA'],
		});
		expect(
			facetsOf(listed(payload({ UserDetails: { Country: 'Atlantis' }, ActionCode: 'xyz', Description: '{"a":"1","b":"2"}' }))),
		).toMatchObject({
			country: ['Atlantis'],
			action: ['xyz'],
			campaign: ['a=1', 'b=2'],
		});
		expect([
			inWords('country', 'DE'),
			inWords('country', 'Atlantis'),
			inWords('action', 'PLT'),
			inWords('source', 'SPZA'),
			inWords('offer', 'DE'),
		]).toEqual(['Germany (DE)', 'Atlantis', 'Contact me (PLT)', 'AppSource (SPZA)', 'DE']);
		expect(facetFilter({ country: '' })(listed(payload({ UserDetails: { Country: undefined } })))).toBe(true);
	});
});

describe('the name of a lead', () => {
	it.each<[string, ReturnType<typeof readLeadName>]>([
		[id, { id }],
		[`{${id.toUpperCase()}}`, { id }],
		[id.replaceAll('-', ''), { id }],
		[`https://contoso.crm4.dynamics.com/main.aspx?etn=lead&id=${id}&pagetype=entityrecord`, { id }],
		['cb9ad2a8', { part: 'cb9ad2a8' }],
		['#CB9AD2A8', { part: 'cb9ad2a8' }],
		['[#cb9ad2a8]', { part: 'cb9ad2a8' }],
		[' New lead: Ada Lovelace [#cb9ad2a8] ', { part: 'cb9ad2a8' }],
		['019a', { part: '019a' }],
		['019a3c5e-', { part: '019a3c5e' }],
		['019a3c5e-7d10-7c', { part: '019a3c5e-7d10-7c' }],
		['019a3c5e7d107c', { part: '019a3c5e-7d10-7c' }],
		['019', undefined],
		['grace', undefined],
		['', undefined],
		['zoe@example.com', undefined],
		[`${id}0`.replaceAll('-', ''), undefined],
	])('is read from %j', (text, name) => {
		expect(readLeadName(text)).toEqual(name);
	});

	it('is looked up among keys alone, page by page, of leads and of rejected payloads', async () => {
		const leads = Array.from({ length: 2500 }, (_, index) => newLeadId(1_700_000_000_000 + index * 100_000));
		const rejected = newLeadId(1_700_000_000_000);
		const asked: string[] = [];
		const ids = async (
			of: 'leads' | 'rejections',
			{ since, until, after }: { since: number; until: number; after?: string },
			most: number,
		) => {
			asked.push(of);
			const all = (of === 'leads' ? leads : [rejected])
				.filter((each) => timeOfLeadId(each) >= since && timeOfLeadId(each) <= until)
				.sort()
				.reverse();
			const begin = after === undefined ? 0 : all.indexOf(after) + 1;
			const items = all.slice(begin, begin + most);
			return { items, ...(begin + most < all.length && { next: items.at(-1) ?? '' }) };
		};
		const find = (part: string) =>
			findIdsLike(part, { journal: async () => ({ ids }), deadline: (ms) => AbortSignal.timeout(ms), onProgress: () => undefined });
		const wanted = leads[7] ?? '';
		expect(await find(wanted.slice(-8))).toEqual([wanted]);
		expect(asked).toEqual(['leads', 'leads', 'leads', 'rejections']);
		asked.length = 0;
		expect(await find(wanted.slice(0, 11))).toEqual([wanted]);
		expect(asked).toEqual(['leads', 'rejections']);
		expect(await find(rejected.slice(0, 23))).toEqual([rejected]);
		expect((await find('018b')).length).toBe(2501);
		expect(await find('00000000')).toEqual([]);
	});
});
