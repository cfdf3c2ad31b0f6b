import { describe, expect, it } from '@jest/globals';
import { leadColumns } from '../../../sandbox/dataverse/lead-columns.ts';
import { otherTenantColumns } from '../../../sandbox/dataverse/other-tenant-columns.ts';
import { leadId, type OpenSandbox, openSandbox, validLead } from '../open-sandbox.ts';

const bodyOf = async (response: Response): Promise<Record<string, unknown>> => ({
	status: response.status,
	...((await response.json()) as object),
});
const create = ({ dataverse }: OpenSandbox, leadid: string, columns: object = {}) =>
	dataverse(`leads(${leadid})`, { method: 'PATCH', body: validLead(columns) });
const otherId = '5d1a7b2c-0000-5000-8000-000000000002';

describe('GET of a lead', () => {
	it('shows every column, null where there is no value', async () => {
		const sandbox = await openSandbox();
		await create(sandbox, leadId);
		const lead = await bodyOf(await sandbox.dataverse(`leads(${leadId})`));
		expect(lead).toMatchObject({ status: 200, leadid: leadId, subject: 'Test Microsoft', jobtitle: null, _campaignid_value: null });
		expect(lead['@odata.etag']).toMatch(/^W\/"\d+"$/);
	});

	it('shows what is selected, and the id', async () => {
		const sandbox = await openSandbox();
		await create(sandbox, leadId);
		const lead = await bodyOf(await sandbox.dataverse(`leads(${leadId.toUpperCase()})?$select=subject,_ownerid_value`));
		expect(Object.keys(lead)).toEqual(['status', '@odata.context', '@odata.etag', 'subject', '_ownerid_value', 'leadid']);
	});

	it('answers 404 where there is none', async () => {
		const { dataverse } = await openSandbox();
		expect(await bodyOf(await dataverse(`leads(${leadId})`))).toEqual({
			status: 404,
			error: { code: '0x80040217', message: `lead With Id = ${leadId} Does Not Exist` },
		});
	});

	it.each([
		['an unknown column', `leads(${leadId})?$select=colour`, 400, '0x80060888'],
		['a lookup by its own name', `leads(${leadId})?$select=ownerid`, 400, '0x80060888'],
		['a filter that is not understood', "leads?$filter=contains(subject,'x')", 400, '0x80060888'],
		['a $top that is not a number', 'leads?$top=all', 400, '0x80060888'],
		['another table', 'contacts', 404, '0x8006088a'],
	])('refuses %s', async (_, path, status, code) => {
		const sandbox = await openSandbox();
		await create(sandbox, leadId);
		expect(await bodyOf(await sandbox.dataverse(path))).toMatchObject({ status, error: { code } });
	});
});

describe('GET of leads', () => {
	it('filters by equality without regard to case, and stops at $top', async () => {
		const sandbox = await openSandbox();
		await create(sandbox, leadId);
		await create(sandbox, otherId, { lastname: "O'Neil", donotemail: true });
		const subjectsOf = async (query: string) => {
			const { value } = (await bodyOf(await sandbox.dataverse(`leads?$select=leadid&${query}`))) as unknown as {
				value: { leadid: string }[];
			};
			return value.map(({ leadid }) => leadid);
		};
		expect([
			await subjectsOf(''),
			await subjectsOf('$top=1'),
			await subjectsOf("$filter=lastname eq 'o''NEIL' and donotemail eq true"),
			await subjectsOf('$filter=jobtitle eq null and leadsourcecode eq 8&$top=1'),
			await subjectsOf("$filter=subject eq 'nothing'"),
		]).toEqual([[leadId, otherId], [leadId], [otherId], [leadId], []]);
	});
});

describe('WhoAmI', () => {
	it('says who is asking', async () => {
		const { dataverse } = await openSandbox();
		expect(await bodyOf(await dataverse('WhoAmI'))).toMatchObject({
			status: 200,
			UserId: expect.any(String),
			OrganizationId: expect.any(String),
			BusinessUnitId: expect.any(String),
		});
	});
});

describe('the metadata of the lead table', () => {
	const attributes = "EntityDefinitions(LogicalName='lead')/Attributes/Microsoft.Dynamics.CRM.";

	it('tells the length of texts', async () => {
		const { dataverse } = await openSandbox();
		const query = '$select=LogicalName,MaxLength,RequiredLevel,IsValidForCreate';
		const { value } = (await bodyOf(await dataverse(`${attributes}StringAttributeMetadata?${query}`))) as unknown as { value: object[] };
		expect(value).toContainEqual({
			LogicalName: 'subject',
			MaxLength: 300,
			RequiredLevel: expect.objectContaining({ Value: 'ApplicationRequired' }),
			IsValidForCreate: true,
		});
		expect(value).toHaveLength(leadColumns.filter(({ kind }) => kind === 'String').length);
	});

	it('tells the length of memos and the options of choices', async () => {
		const { dataverse } = await openSandbox();
		const memo = await bodyOf(await dataverse(`${attributes}MemoAttributeMetadata?$select=LogicalName,MaxLength`));
		const choices = await bodyOf(
			await dataverse(`${attributes}PicklistAttributeMetadata?$select=LogicalName&$expand=OptionSet,GlobalOptionSet`),
		);
		expect(memo.value).toEqual([{ LogicalName: 'description', MaxLength: 2000 }]);
		expect(choices.value).toContainEqual({
			LogicalName: 'leadqualitycode',
			GlobalOptionSet: null,
			OptionSet: {
				IsGlobal: false,
				Options: ['Hot', 'Warm', 'Cold'].map((text, index) => ({
					Value: index + 1,
					Label: expect.objectContaining({ UserLocalizedLabel: expect.objectContaining({ Label: text }) }),
				})),
			},
		});
	});

	it('has a length only where there is one', async () => {
		const { dataverse } = await openSandbox();
		expect(await bodyOf(await dataverse(`${attributes}BooleanAttributeMetadata?$select=MaxLength`))).toMatchObject({
			status: 400,
			error: { code: '0x80060888' },
		});
	});

	it('follows the table of another tenant, and so do the refusals', async () => {
		const columns = leadColumns.map((column) =>
			column.name === 'subject' && column.kind === 'String' ? { ...column, maxLength: 50 } : column,
		);
		const sandbox = await openSandbox({ columns });
		const { value } = await bodyOf(await sandbox.dataverse(`${attributes}StringAttributeMetadata?$select=LogicalName,MaxLength`));
		expect(value).toContainEqual({ LogicalName: 'subject', MaxLength: 50 });
		expect((await create(sandbox, leadId, { subject: 'x'.repeat(51) })).status).toBe(400);
	});

	it('tells the navigation property of each lookup, for each table', async () => {
		const { dataverse } = await openSandbox({ columns: otherTenantColumns });
		const query = '$select=ReferencingAttribute,ReferencedEntity,ReferencingEntityNavigationPropertyName';
		const { value } = await bodyOf(await dataverse(`EntityDefinitions(LogicalName='lead')/ManyToOneRelationships?${query}`));
		expect(value).toContainEqual({
			ReferencingAttribute: 'new_programid',
			ReferencedEntity: 'campaign',
			ReferencingEntityNavigationPropertyName: 'new_ProgramId',
		});
	});

	it('takes a lookup by its navigation property alone', async () => {
		const sandbox = await openSandbox({ columns: otherTenantColumns });
		const plain = { leadsourcecode: null };
		const to = '/campaigns(5a4db0c5-0000-4000-8000-000000000031)';
		expect((await create(sandbox, leadId, { ...plain, 'new_programid@odata.bind': to })).status).toBe(400);
		expect((await create(sandbox, leadId, { ...plain, 'new_ProgramId@odata.bind': to })).status).toBe(204);
	});

	it('is there for leads only', async () => {
		const { dataverse } = await openSandbox();
		expect((await dataverse("EntityDefinitions(LogicalName='contact')/Attributes")).status).toBe(404);
	});
});

describe('GET of the records that lookups point to', () => {
	it('finds by columns, and shows the key', async () => {
		const { dataverse } = await openSandbox();
		const filter = encodeURIComponent("name eq 'Night''s watch'");
		expect(await bodyOf(await dataverse(`teams?$select=name&$filter=${filter}&$top=2`))).toMatchObject({
			status: 200,
			value: [{ name: "Night's watch", teamid: '5a4db0c5-0000-4000-8000-000000000022' }],
		});
	});

	it('refuses a column that is not there', async () => {
		const { dataverse } = await openSandbox();
		expect((await dataverse("campaigns?$filter=nonsense eq 'x'")).status).toBe(400);
	});
});

describe('GET of what leads point to', () => {
	it('shows a record by its id, and tells where there is none', async () => {
		const { dataverse } = await openSandbox();
		const known = 'teams(5A4DB0C5-0000-4000-8000-000000000021)';
		expect(await bodyOf(await dataverse(known))).toMatchObject({ status: 200, teamid: '5a4db0c5-0000-4000-8000-000000000021' });
		expect(await bodyOf(await dataverse(`teams(${otherId})`))).toMatchObject({ status: 404, error: { code: '0x80040217' } });
	});

	it('describes the table of an entity set', async () => {
		const { dataverse } = await openSandbox();
		const of = (set: string) => dataverse(`EntityDefinitions?$filter=${encodeURIComponent(`EntitySetName eq '${set}'`)}`);
		expect(await bodyOf(await of('campaigns'))).toMatchObject({
			value: [
				{
					LogicalName: 'campaign',
					PrimaryIdAttribute: 'campaignid',
					Privileges: expect.arrayContaining([{ PrivilegeType: 'AppendTo', Name: 'prvAppendToCampaign' }]),
				},
			],
		});
		expect(await bodyOf(await of('campaign'))).toMatchObject({ value: [] });
	});
});
