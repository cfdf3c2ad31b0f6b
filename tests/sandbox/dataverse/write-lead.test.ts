import { describe, expect, it } from '@jest/globals';
import { holdOpen } from '../hold-open.ts';
import { leadId, type OpenSandbox, openSandbox, validLead } from '../open-sandbox.ts';

const create = { 'if-none-match': '*' };
const path = `leads(${leadId})`;
const patch = ({ dataverse }: OpenSandbox, columns: object = {}, headers: Record<string, string | undefined> = create) =>
	dataverse(path, { method: 'PATCH', body: validLead(columns), headers });
const refusalOf = async (response: Response) => {
	const { error } = (await response.json()) as { error: { code: string; message: string } };
	return { status: response.status, code: error.code };
};
const systemUser = '5a4db0c5-0000-4000-8000-000000000011';
const team = '5a4db0c5-0000-4000-8000-000000000021';

describe('PATCH of a lead', () => {
	it('creates once with If-None-Match: *', async () => {
		const sandbox = await openSandbox({ clock: () => Date.UTC(2026, 10, 23, 12, 0, 0, 999) });
		const first = await patch(sandbox);
		expect([first.status, await first.text(), first.headers.get('odata-entityid')]).toEqual([
			204,
			'',
			`${sandbox.url}/api/data/v9.2/leads(${leadId})`,
		]);
		expect(await refusalOf(await patch(sandbox, { subject: 'Other' }))).toEqual({ status: 412, code: '0x80040237' });
		expect(await sandbox.json('/crm.json')).toEqual([
			{
				leadid: leadId,
				...validLead(),
				fullname: 'Some One',
				statecode: 0,
				statuscode: 1,
				_ownerid_value: '5a4db0c5-0000-4000-8000-000000000001',
				createdon: '2026-11-23T12:00:00Z',
				modifiedon: '2026-11-23T12:00:00Z',
				versionnumber: 1_000_001,
			},
		]);
	});

	it('without a condition creates, and then overwrites', async () => {
		const sandbox = await openSandbox();
		const statuses = [(await patch(sandbox, {}, {})).status, (await patch(sandbox, { subject: 'Other', firstname: null }, {})).status];
		const [lead] = await sandbox.json<Record<string, unknown>[]>('/crm.json');
		expect([...statuses, lead?.subject, lead?.fullname, 'firstname' in (lead ?? {})]).toEqual([204, 204, 'Other', 'One', false]);
	});

	it('with If-Match updates only', async () => {
		const sandbox = await openSandbox();
		expect(await refusalOf(await patch(sandbox, {}, { 'if-match': '*' }))).toEqual({ status: 404, code: '0x80040217' });
		await patch(sandbox);
		expect((await patch(sandbox, {}, { 'if-match': '*' })).status).toBe(204);
		expect(await refusalOf(await patch(sandbox, {}, { 'if-match': 'W/"1"' }))).toEqual({ status: 412, code: '0x80060882' });
	});

	it('puts when the lead really came into createdon', async () => {
		const sandbox = await openSandbox({ clock: () => Date.UTC(2026, 10, 23, 12) });
		await patch(sandbox, { overriddencreatedon: '2026-11-20T08:30:15.250+01:00' });
		await patch(sandbox, { overriddencreatedon: '2026-01-01T00:00:00Z' }, {});
		const [lead] = await sandbox.json<Record<string, unknown>[]>('/crm.json');
		expect([lead?.createdon, lead?.overriddencreatedon]).toEqual(['2026-11-20T07:30:15Z', '2026-11-23T12:00:00Z']);
	});

	it('ignores what only the system says', async () => {
		const sandbox = await openSandbox();
		await patch(sandbox, { fullname: 'Forged', createdon: '2001-01-01T00:00:00Z' });
		const [lead] = await sandbox.json<Record<string, string>[]>('/crm.json');
		expect([lead?.fullname, lead?.createdon?.startsWith('2001')]).toEqual(['Some One', false]);
	});

	it('finds a duplicate by e-mail address only when it is asked to', async () => {
		const sandbox = await openSandbox();
		await patch(sandbox);
		const other = (suppress: string | undefined) =>
			sandbox.dataverse('leads(5d1a7b2c-0000-5000-8000-000000000002)', {
				method: 'PATCH',
				body: validLead({ emailaddress1: 'SomeOne@contoso.com' }),
				headers: { ...create, 'mscrm.suppressduplicatedetection': suppress },
			});
		expect(await refusalOf(await other('false'))).toEqual({ status: 412, code: '0x80040333' });
		expect((await other(undefined)).status).toBe(204);
	});

	it('returns what was written when it is asked to', async () => {
		const sandbox = await openSandbox();
		const prefer = { prefer: 'return=representation' };
		const created = await patch(sandbox, {}, prefer);
		expect([created.status, ((await created.json()) as { subject: string }).subject]).toEqual([201, 'Test Microsoft']);
		expect((await patch(sandbox, {}, prefer)).status).toBe(200);
	});

	it.each([
		['a text as long as it may be', { subject: 'x'.repeat(300) }],
		['a value taken away', { jobtitle: null }],
		['a choice', { leadqualitycode: 1 }],
		['an annotation', { '@odata.type': 'Microsoft.Dynamics.CRM.lead' }],
		['an owner', { 'ownerid@odata.bind': `/systemusers(${systemUser})` }],
		['a team as owner', { 'ownerid@odata.bind': `/teams(${team})` }],
		['an owner by full address', { 'ownerid@odata.bind': `https://contoso.crm4.dynamics.com/api/data/v9.2/teams(${team})` }],
		['a status that belongs to its state', { statecode: 2, statuscode: 7 }],
		['line breaks and emoji', { description: 'a\r\n\tb 👩‍👩‍👧' }],
		['a number', { numberofemployees: 250, revenue: 1.5 }],
	])('takes %s', async (_, columns) => {
		const sandbox = await openSandbox();
		expect((await patch(sandbox, columns)).status).toBe(204);
	});

	it.each([
		['an unknown column', { colour: 'red' }, 400, '0x80048d19'],
		['a column in other casing', { FirstName: 'Some' }, 400, '0x80048d19'],
		['a prototype name', JSON.parse('{ "__proto__": "x" }'), 400, '0x80048d19'],
		['a text one longer than it may be', { subject: 'x'.repeat(301) }, 400, '0x80044331'],
		['a memo one longer than it may be', { description: 'x'.repeat(2001) }, 400, '0x80044331'],
		['an emoji that is two too long', { mobilephone: '👍'.repeat(11) }, 400, '0x80044331'],
		['a number for a text', { firstname: 1 }, 400, '0x80048d19'],
		['an object for a text', { firstname: {} }, 400, '0x80048d19'],
		['a control character', { firstname: 'So\u0007me' }, 400, '0x80040278'],
		['half a surrogate pair', { firstname: 'So\ud83dme' }, 400, '0x80040278'],
		['a choice there is not', { leadsourcecode: 11 }, 400, '0x8004431A'],
		['a choice as text', { leadsourcecode: '8' }, 400, '0x80048d19'],
		['text for a yes or no', { donotemail: 'true' }, 400, '0x80048d19'],
		['text for a number', { numberofemployees: '5' }, 400, '0x80048d19'],
		['half an employee', { numberofemployees: 1.5 }, 400, '0x80048d19'],
		['text for money', { revenue: '5' }, 400, '0x80048d19'],
		['fewer employees than none', { numberofemployees: -1 }, 400, '0x8004431A'],
		['a time that is none', { overriddencreatedon: 'yesterday' }, 400, '0x80048d19'],
		['a time before 1753', { overriddencreatedon: '1700-01-01T00:00:00Z' }, 400, '0x80040239'],
		['an id that is none', { leadid: 'abc' }, 400, '0x80048d19'],
		['a status of another state', { statuscode: 7 }, 400, '0x80048408'],
		['a state there is not', { statecode: 3 }, 400, '0x8004431A'],
		['a lookup as a value', { ownerid: systemUser }, 400, '0x80060888'],
		['a lookup under its reading name', { _ownerid_value: systemUser }, 400, '0x80060888'],
		['a navigation property in other casing', { 'OwnerId@odata.bind': `/systemusers(${systemUser})` }, 400, '0x80048d19'],
		['a bound column that is not a lookup', { 'subject@odata.bind': `/teams(${team})` }, 400, '0x80048d19'],
		['a lookup into an unknown table', { 'ownerid@odata.bind': `/people(${systemUser})` }, 400, '0x80048d19'],
		['a lookup into a wrong table', { 'campaignid@odata.bind': `/teams(${team})` }, 400, '0x80048d19'],
		['a lookup that is no reference', { 'ownerid@odata.bind': 'Adele' }, 400, '0x80048d19'],
		['a lookup of nobody', { 'ownerid@odata.bind': `/systemusers(${team})` }, 404, '0x80040217'],
		['a lookup by a key of nobody', { 'ownerid@odata.bind': "/teams(name='x')" }, 404, '0x80060891'],
	])('refuses %s and writes nothing', async (_, columns, status, code) => {
		const sandbox = await openSandbox();
		expect(await refusalOf(await patch(sandbox, columns))).toEqual({ status, code });
		expect(await sandbox.json('/crm.json')).toEqual([]);
	});

	it('says where the limit is, in the words that operators search for', async () => {
		const sandbox = await openSandbox();
		const messageOf = async (columns: object) =>
			((await (await patch(sandbox, columns)).json()) as { error: { message: string } }).error.message;
		expect([await messageOf({ subject: 'x'.repeat(301) }), await messageOf({ leadqualitycode: 9 })]).toEqual([
			"A validation error occurred. The length of the 'subject' attribute of the 'lead' entity exceeded the maximum allowed length of '300'.",
			"A validation error occurred. The value 9 of 'leadqualitycode' on record of type 'lead' is outside the valid range. Accepted Values: 1,2,3",
		]);
	});

	it.each([['odata-version'], ['odata-maxversion'], ['accept'], ['content-type']])('refuses a request without %s', async (name) => {
		const sandbox = await openSandbox();
		const missing = { [name]: name === 'accept' ? 'text/html' : name === 'content-type' ? 'text/plain' : undefined };
		expect(await refusalOf(await patch(sandbox, {}, { ...create, ...missing }))).toEqual({ status: 400, code: '0x80048d19' });
	});

	it('refuses what is no record or no id', async () => {
		const { dataverse } = await openSandbox();
		expect(await refusalOf(await dataverse(path, { method: 'PATCH', body: '[1]' }))).toEqual({ status: 400, code: '0x80048d19' });
		expect(await refusalOf(await dataverse('leads(1)', { method: 'PATCH', body: validLead() }))).toEqual({
			status: 400,
			code: '0x80060888',
		});
		expect((await dataverse(path, { method: 'PUT', body: validLead() })).status).toBe(405);
	});

	it('takes 52 requests at once, and the next not', async () => {
		const sandbox = await openSandbox();
		const held = await holdOpen(52, `${sandbox.url}/api/data/v9.2/leads`, {
			method: 'POST',
			headers: {
				authorization: `Bearer ${await sandbox.token(sandbox.url)}`,
				accept: '*/*',
				'odata-version': '4.0',
				'odata-maxversion': '4.0',
				'content-type': 'application/json',
			},
		});
		const next = await sandbox.dataverse('WhoAmI');
		expect([next.headers.get('retry-after'), await refusalOf(next)]).toEqual(['1', { status: 429, code: '0x80072326' }]);
		expect(new Set(await held.finish(JSON.stringify(validLead())))).toEqual(new Set([204]));
		expect((await sandbox.dataverse('WhoAmI')).status).toBe(200);
	});
});

describe('POST of a lead', () => {
	it('gives it an id', async () => {
		const { dataverse, json } = await openSandbox();
		const response = await dataverse('leads', { method: 'POST', body: validLead() });
		const [lead] = await json<{ leadid: string }[]>('/crm.json');
		expect([response.status, response.headers.get('odata-entityid')?.endsWith(`leads(${lead?.leadid})`)]).toEqual([204, true]);
	});

	it('takes an id that is free, and no other', async () => {
		const { dataverse } = await openSandbox();
		const post = () => dataverse('leads', { method: 'POST', body: validLead({ leadid: leadId.toUpperCase() }) });
		expect((await post()).status).toBe(204);
		expect(await refusalOf(await post())).toEqual({ status: 412, code: '0x80040237' });
	});
});

describe('a token', () => {
	it.each([['absent'], ['for Graph'], ['expired']])('that is %s is answered 401 with a challenge and no body', async (which) => {
		let now = Date.UTC(2026, 0, 1);
		const { url, token, dataverse } = await openSandbox({ clock: () => now });
		const graph = await token(`${url}/graph`);
		await token(url);
		if (which === 'expired') now += 25 * 60 * 60 * 1000;
		const authorization = { absent: undefined, 'for Graph': `Bearer ${graph}` }[which];
		const response = await dataverse('WhoAmI', which === 'expired' ? {} : { headers: { authorization } });
		expect([response.status, await response.text(), response.headers.get('www-authenticate')]).toEqual([
			401,
			'',
			expect.stringContaining('Bearer authorization_uri='),
		]);
	});
});
