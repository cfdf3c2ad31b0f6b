import { describe, expect, it } from '@jest/globals';
import type { Column } from '../../../../sandbox/dataverse/column.ts';
import { leadColumns } from '../../../../sandbox/dataverse/lead-columns.ts';
import { otherTenantColumns } from '../../../../sandbox/dataverse/other-tenant-columns.ts';
import type { Choice } from '../../../../shared/delivery/destination.ts';
import { createCrmDestination } from '../../../../shared/destinations/crm/create-crm-destination.ts';
import type { CrmSettings } from '../../../../shared/destinations/crm/crm-settings.ts';
import type { FieldMap } from '../../../../shared/destinations/crm/field-map/field-map.ts';
import type { Lead } from '../../../../shared/lead/lead.ts';
import { newLeadId } from '../../../../shared/lead/lead-id.ts';
import { openSandbox } from '../../../sandbox/open-sandbox.ts';
import { deliveryRequest, leadId, requestOfFixture } from '../../../support/delivery-request.ts';
import { leadFixtureNames } from '../../../support/lead-fixtures.ts';

const signal = () => AbortSignal.timeout(20_000);
const id = (number: number) => `5a4db0c5-0000-4000-8000-${String(number).padStart(12, '0')}`;

async function openCrm(columns: Column[] | undefined, settings: Partial<CrmSettings>, asksForColumns = true) {
	const sandbox = await openSandbox({ ...(columns && { columns }) });
	const crm = createCrmDestination({
		settings: { url: sandbox.url, duplicateDetection: false, ...settings },
		getToken: () => sandbox.token(sandbox.url),
		fetch,
		asksForColumns,
	});
	return { sandbox, crm };
}

/** Delivers one lead with a field map; the record as the CRM has it, and the outcome. */
async function deliver(
	fields: FieldMap,
	{
		lead = {},
		choice = {},
		columns = otherTenantColumns,
		asksForColumns = true,
		...settings
	}: { lead?: Partial<Lead>; choice?: Choice; columns?: Column[]; asksForColumns?: boolean } & Partial<CrmSettings> = {},
) {
	const { sandbox, crm } = await openCrm(columns, { fields, ...settings }, asksForColumns);
	const outcome = await crm.deliver({ ...deliveryRequest({ lead }), choice }, signal());
	const [record = {}] = await sandbox.json<Record<string, unknown>[]>('/crm.json');
	return {
		outcome,
		record,
		description: String(record.description),
		warnings: outcome.kind === 'delivered' ? (outcome.warnings ?? []) : [],
	};
}
const region = 'DATAVERSE_FIELDS.new_region: the column is required, and nothing fills it';

describe('the table of another tenant', () => {
	it('takes every fixture at the first attempt, and its required column is warned about', async () => {
		const { sandbox, crm } = await openCrm(otherTenantColumns, { leadSource: 100_000_000 });
		for (const [index, name] of leadFixtureNames.entries()) {
			const request = { ...requestOfFixture(name), leadId: newLeadId(1_790_000_000_000 + index) };
			expect([name, await crm.deliver(request, signal())]).toEqual([
				name,
				{ kind: 'delivered', proof: { id: request.leadId, how: 'created' }, warnings: [region] },
			]);
		}
		expect(await sandbox.json('/crm.json')).toHaveLength(leadFixtureNames.length);
	}, 60_000);

	it('has what does not fit it in the description', async () => {
		const offerTitle = 'Contoso CRM for everybody who needs one of these things';
		const { record, description } = await deliver({}, { lead: { offerTitle, firstName: 'A'.repeat(200) } });
		expect(String(record.subject)).toHaveLength(50);
		expect(description).toContain(`Subject: ${offerTitle}`);
		expect(record.firstname).toHaveLength(200);
		expect(description).toContain('Job title: Head of Computing');
	});

	it('leaves out a lead source that is none of its own, and warns', async () => {
		const { record, warnings } = await deliver({ new_region: 'EMEA' }, { leadSource: 8 });
		expect(record).not.toHaveProperty('leadsourcecode');
		expect(warnings).toEqual(['DATAVERSE_LEAD_SOURCE: its value is not one of the choices']);
	});
});

describe('a field map', () => {
	it('fills columns of every type', async () => {
		const { record, outcome } = await deliver(
			{
				new_region: '{{country}}',
				new_notes: '{{name}}\n{{company}}',
				new_seats: '{{unknown.Seats}}',
				new_score: 0.75,
				new_ispartner: 'yes',
				new_startdate: '{{campaign.start}}',
				new_requestedon: '{{receivedAtIso}}',
				new_plan: '{{campaign.plan}}',
				leadqualitycode: { value: 'hot', type: 'choice' },
				leadsourcecode: 100_000_001,
				campaignid: { lookup: 'campaigns', by: 'codename', value: '{{campaign.mktcmpid}}' },
				new_programid: { lookup: 'campaigns', value: id(31) },
				subject: '{{company}}: {{actionInWords}}',
			},
			{
				lead: {
					campaign: [
						{ name: 'start', value: '2027-01-31' },
						{ name: 'plan', value: 'PROFESSIONAL' },
						{ name: 'mktcmpid', value: 'Spring' },
					],
					unknown: [{ name: 'Seats', value: '250' }],
				},
			},
		);
		expect(outcome).toEqual({ kind: 'delivered', proof: { id: leadId, how: 'created' } });
		expect(record).toMatchObject({
			new_region: 'GB',
			new_notes: 'Ada Lovelace\nAnalytical Engines Ltd',
			new_seats: 250,
			new_score: 0.75,
			new_ispartner: true,
			new_startdate: '2027-01-31T00:00:00Z',
			new_requestedon: '2026-11-23T22:46:10Z',
			new_plan: 20,
			leadqualitycode: 1,
			leadsourcecode: 100_000_001,
			_campaignid_value: id(31),
			_new_programid_value: id(31),
			subject: 'Analytical Engines Ltd: Acquired / Get it now',
		});
	});

	it.each<[FieldMap, Partial<Lead>, string, string[]]>([
		[{ new_seats: '{{company}}' }, {}, 'Seats (is not a whole number): Analytical Engines Ltd', []],
		[{ new_plan: '{{campaign.plan}}' }, { campaign: [{ name: 'plan', value: 'Gold' }] }, 'Plan (is not one of the choices): Gold', []],
		[{ new_website: 'https://contoso.example/?q={{email}}&{{phone}}' }, {}, 'Web site (is too long): https://contoso.example/?q=ada', []],
		[
			{ new_gone: '{{country}}' },
			{},
			'new_gone (has no column): GB',
			['DATAVERSE_FIELDS.new_gone: is not a column of leads that can be filled'],
		],
		[
			{ new_calculated: '{{country}}' },
			{},
			'new_calculated (has no column): GB',
			['DATAVERSE_FIELDS.new_calculated: is not a column of leads that can be filled'],
		],
		[{ new_seats: 'many' }, {}, '', ['DATAVERSE_FIELDS.new_seats: its value is not a whole number']],
		[
			{ campaignid: { lookup: 'campaigns', by: 'codename', value: '{{company}}' } },
			{},
			'Source Campaign (no record found): Analytical Engines Ltd',
			[],
		],
		[
			{ campaignid: { lookup: 'campaigns', by: 'codename', value: '{{unknown.x}}' } },
			{ unknown: [{ name: 'x', value: 'twice' }] },
			'Source Campaign (several records found): twice',
			[],
		],
		[{ campaignid: { lookup: 'campaigns', value: '{{company}}' } }, {}, 'Source Campaign (no record found): Analytical Engines Ltd', []],
		[
			{ campaignid: { lookup: 'campaigns', by: 'codename', value: 'gone' } },
			{},
			'',
			['DATAVERSE_FIELDS.campaignid: no record of campaigns has this codename'],
		],
		[
			{ campaignid: { lookup: 'campaigns', by: 'codename', value: 'twice' } },
			{},
			'',
			['DATAVERSE_FIELDS.campaignid: several records of campaigns have this codename'],
		],
		[
			{ campaignid: { lookup: 'campaigns', by: 'nonsense', value: 'spring' } },
			{},
			'',
			['DATAVERSE_FIELDS.campaignid: campaigns cannot be searched by nonsense'],
		],
		[{ campaignid: { lookup: 'teams', value: id(21) } }, {}, '', ['DATAVERSE_FIELDS.campaignid: does not point to teams']],
		[{ campaignid: '{{country}}' }, {}, '', ['DATAVERSE_FIELDS.campaignid: is a lookup: write { "lookup": …, "value": … }']],
		[{ new_plan: { lookup: 'campaigns', value: id(31) } }, {}, '', ['DATAVERSE_FIELDS.new_plan: is not a lookup']],
	])('%j never stops the lead', async (fields, lead, noted, warned) => {
		const { outcome, description, warnings, record } = await deliver({ new_region: 'EMEA', ...fields }, { lead });
		expect(outcome).toMatchObject({ kind: 'delivered', proof: { how: 'created' } });
		expect(record).toMatchObject({ companyname: 'Analytical Engines Ltd', new_region: 'EMEA' });
		expect(description).toContain(noted);
		expect(warnings).toEqual(warned);
	});

	it('fills nothing where its template gives nothing, but a subject and a name are always there', async () => {
		const { record } = await deliver({ new_region: '{{campaign.region}}', subject: '{{campaign.x}}', lastname: '{{campaign.x}}' });
		expect(record).not.toHaveProperty('new_region');
		expect(record).toMatchObject({ subject: 'Contoso CRM – Acquired / Get it now (Azure Marketp', lastname: 'Lovelace' });
	});

	it('loses nothing that the lead says when it fills a column with something else', async () => {
		const { record, description } = await deliver({ companyname: '{{country}}', telephone1: null, mobilephone: '{{phone}}' });
		expect(record).toMatchObject({ companyname: 'GB', mobilephone: '442071234567' });
		expect(record).not.toHaveProperty('telephone1');
		expect(description).toContain('Company: Analytical Engines Ltd');
		expect(description).not.toContain('442071234567');
	});

	it('words the description, which still says what did not fit', async () => {
		const { description } = await deliver({ description: 'From {{sourceInWords}}:\n{{description}}', new_seats: '{{country}}' });
		expect(description).toBe(
			'From Azure Marketplace:\nPlease call me.\n\nSeats (is not a whole number): GB\n\nSubject: Contoso CRM – Acquired / Get it now (Azure Marketplace)\n\nJob title: Head of Computing',
		);
	});

	it('cannot allow what a customer has forbidden', async () => {
		const { record } = await deliver({ donotemail: false, donotphone: 'no' }, { lead: { doNotContact: true } });
		expect(record).toMatchObject({ donotemail: true, donotphone: true, donotbulkemail: true });
	});

	it('prints what a lead says as it is: braces and markup are text', async () => {
		const company = '{{{email}}} <b>{{> x}}</b> {{constructor}}';
		const { record } = await deliver({ new_notes: '{{company}}' }, { lead: { company } });
		expect(record.new_notes).toBe(company);
	});

	it('gives way to the fields of a rule, column by column; what is wrong there is warned about', async () => {
		const choice: Choice = { fields: { new_region: 'DACH', new_score: null, New_X: 'x' } };
		const { record, warnings } = await deliver({ new_region: 'EMEA', new_seats: 5, new_score: 0.5 }, { choice });
		expect(record).toMatchObject({ new_region: 'DACH', new_seats: 5 });
		expect(record).not.toHaveProperty('new_score');
		expect(warnings).toEqual(['LEAD_ROUTES: column `New_X`: is not a logical name of a column; did you mean `new_x`?']);
	});
});

describe('an owner', () => {
	it.each([
		['team:Marketplace sales', {}, id(21)],
		['adele.vance@contoso.example', {}, id(11)],
		['Adele Vance', { owner: `team:${id(22)}` }, id(22)],
	])('%s, with %j chosen by a rule, is whom the record is given to', async (owner, choice, given) => {
		const { record } = await deliver({}, { owner, choice });
		expect(record._ownerid_value).toBe(given);
	});

	it('who is not found leaves the record where it is, with a warning', async () => {
		const { record, warnings } = await deliver({}, { owner: 'Nobody' });
		expect(record._ownerid_value).toBe(id(1));
		expect(warnings).toEqual(['DATAVERSE_OWNER: no one has this name or address', region]);
	});

	it('whose id does not exist is left out, and the lead is delivered with a warning', async () => {
		const { outcome, record } = await deliver({}, { owner: `team:${id(99)}`, columns: leadColumns });
		expect(outcome).toMatchObject({
			kind: 'delivered',
			proof: { how: 'created, without ownerid' },
			warnings: ['DATAVERSE_OWNER: Dataverse refuses the column ownerid (404 0x80040217): its value is in the description'],
		});
		expect(record).toMatchObject({ companyname: 'Analytical Engines Ltd', _ownerid_value: id(1) });
	});
});

describe('without the environment telling its columns', () => {
	it('the usual columns and those with a declared type are filled, the others are in the description', async () => {
		const { record, description, outcome } = await deliver(
			{ new_region: { value: '{{country}}', type: 'text' }, new_seats: { value: '5', type: 'wholeNumber' }, new_notes: '{{company}}' },
			{ asksForColumns: false, columns: otherTenantColumns.filter(({ name }) => name !== 'new_calculated') },
		);
		// The built-in table has columns and lengths that this tenant refuses: the lead is there all the same.
		expect(outcome).toMatchObject({ kind: 'delivered' });
		expect(record).toMatchObject({ new_region: 'GB', new_seats: 5, companyname: 'Analytical Engines Ltd' });
		expect(description).toContain('Job title: Head of Computing');
		const usual = await deliver(
			{ leadqualitycode: 'Warm', new_notes: '{{company}}', campaignid: { lookup: 'campaigns', by: 'codename', value: 'spring' } },
			{ asksForColumns: false, columns: leadColumns },
		);
		expect(usual.outcome).toEqual({ kind: 'delivered', proof: { id: leadId, how: 'created' } });
		expect(usual.record).toMatchObject({ leadqualitycode: 2, _campaignid_value: id(31) });
		expect(usual.description).toContain('new_notes (its column is not known at the moment): Analytical Engines Ltd');
	});

	it('a column that it refuses costs that column, not the lead', async () => {
		const { record, description, outcome } = await deliver(
			{ new_plan: { value: '{{company}}', type: 'text' } },
			{ asksForColumns: false, columns: [...leadColumns, ...otherTenantColumns.filter(({ name }) => name === 'new_plan')] },
		);
		expect(outcome).toMatchObject({
			proof: { how: 'created, without new_plan' },
			warnings: ['DATAVERSE_FIELDS.new_plan: Dataverse refuses the column new_plan (400 0x80048d19): its value is in the description'],
		});
		expect(record.jobtitle).toBe('Head of Computing');
		expect(description).toContain('new_plan: Analytical Engines Ltd');
	});

	it('a lead is not held back when nothing is told in time', async () => {
		const sandbox = await openSandbox();
		const deadline = new AbortController();
		const crm = createCrmDestination({
			settings: { url: sandbox.url, duplicateDetection: false },
			getToken: () => sandbox.token(sandbox.url),
			fetch: (url, init) => {
				if (!String(url).includes('EntityDefinitions')) return fetch(url, init);
				deadline.abort(new DOMException('too long', 'TimeoutError'));
				return new Promise(() => undefined);
			},
			asksForColumns: true,
			deadline: () => deadline.signal,
		});
		expect(await crm.deliver(deliveryRequest(), signal())).toEqual({ kind: 'delivered', proof: { id: leadId, how: 'created' } });
	});
});
