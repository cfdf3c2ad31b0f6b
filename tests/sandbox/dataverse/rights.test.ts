import { describe, expect, it } from '@jest/globals';
import { leadIntakePrivileges } from '../../../sandbox/dataverse/user-privileges.ts';
import { createCrmDestination } from '../../../shared/destinations/crm/create-crm-destination.ts';
import type { CrmSettings } from '../../../shared/destinations/crm/crm-settings.ts';
import { deliveryRequest } from '../../support/delivery-request.ts';
import { type OpenSandbox, openSandbox } from '../open-sandbox.ts';

const id = (number: number) => `5a4db0c5-0000-4000-8000-${String(number).padStart(12, '0')}`;
const now = Date.parse('2026-11-23T12:00:00Z');

const patch = async (sandbox: OpenSandbox, body: object) => {
	const headers = { 'if-none-match': '*' };
	const answer = await sandbox.dataverse(`leads(${id(900)})`, { method: 'PATCH', headers, body });
	return answer.status === 204 ? 204 : [answer.status, ((await answer.json()) as { error: { code: string } }).error.code];
};

describe('what the application user may not do in the sandbox', () => {
	it.each([
		['prvCreateLead', { subject: 'x' }],
		['prvReadTransactionCurrency', { revenue: 5 }],
		['prvAppendLead', { 'campaignid@odata.bind': `/campaigns(${id(31)})` }],
		['prvAppendToCampaign', { 'campaignid@odata.bind': `/campaigns(${id(31)})` }],
		['prvAssignLead', { 'ownerid@odata.bind': `/teams(${id(21)})` }],
		['prvOverrideCreatedOnCreatedBy', { overriddencreatedon: '2026-11-20T00:00:00Z' }],
	])('is to write what needs %s without it', async (privilege, body) => {
		const sandbox = await openSandbox({ clock: () => now });
		await sandbox.setFaults({ dataverse: { kind: 'lacks', privileges: [privilege.toLowerCase()] } });
		expect(await patch(sandbox, body)).toEqual([403, '0x80040220']);
		await sandbox.setFaults({ dataverse: null });
		expect(await patch(sandbox, body)).toBe(204);
	});

	it('is to tell a time to come', async () => {
		const sandbox = await openSandbox({ clock: () => now });
		expect(await patch(sandbox, { overriddencreatedon: '2026-11-23T12:00:01Z' })).toEqual([400, '0x80040203']);
		expect(await patch(sandbox, { overriddencreatedon: '2026-11-23T12:00:00Z' })).toBe(204);
	});

	it('is to fill a secured column, by a setting or by a fault', async () => {
		const sandbox = await openSandbox({ securedColumns: ['telephone1'] });
		await sandbox.setFaults({ dataverse: { kind: 'secured', columns: ['campaignid'] } });
		expect(await patch(sandbox, { telephone1: '1' })).toEqual([403, '0x8004f502']);
		expect(await patch(sandbox, { 'campaignid@odata.bind': `/campaigns(${id(31)})` })).toEqual([403, '0x8004f502']);
		expect(await patch(sandbox, { subject: 'x' })).toBe(204);
	});

	it('is anything while it is disabled', async () => {
		const sandbox = await openSandbox();
		await sandbox.setFaults({ dataverse: { kind: 'disabledUser', count: 2 } });
		expect((await sandbox.dataverse('WhoAmI')).status).toBe(403);
		expect(await patch(sandbox, { subject: 'x' })).toEqual([403, '0x80040225']);
		expect(await patch(sandbox, { subject: 'x' })).toBe(204);
	});

	it.each([
		[{ graph: { kind: 'secured', columns: ['x'] } }],
		[{ dataverse: { kind: 'secured' } }],
		[{ dataverse: { kind: 'secured', columns: [] } }],
		[{ dataverse: { kind: 'lacks', privileges: 'x' } }],
		[{ dataverse: { status: 400, columns: ['x'] } }],
	])('is not set by %j', async (faults) => {
		expect((await (await openSandbox()).setFaults(faults)).status).toBe(400);
	});
});

describe('a lead on its way to such an environment', () => {
	async function deliver(sandbox: OpenSandbox, settings: Partial<CrmSettings>, waitedMs = 3_600_000) {
		const crm = createCrmDestination({
			settings: { url: sandbox.url, duplicateDetection: false, ...settings },
			getToken: () => sandbox.token(sandbox.url),
			fetch,
			asksForColumns: true,
			clock: () => now,
		});
		const outcome = await crm.deliver(deliveryRequest({ receivedAt: new Date(now - waitedMs) }), AbortSignal.timeout(20_000));
		const [record = {}] = await sandbox.json<Record<string, unknown>[]>('/crm.json');
		return { outcome, record };
	}
	const whole = { companyname: 'Analytical Engines Ltd', emailaddress1: 'ada.lovelace@example.com', jobtitle: 'Head of Computing' };

	it('is there without its time when the clock of Dataverse is behind', async () => {
		const sandbox = await openSandbox({ clock: () => now - 90_000 });
		const { outcome, record } = await deliver(sandbox, {}, 60_000);
		expect(record).toMatchObject(whole);
		expect(record).not.toHaveProperty('overriddencreatedon');
		expect(outcome).toMatchObject({ proof: { how: 'created, without the time it came' }, warnings: [expect.any(String)] });
	});

	it('is there without two secured columns', async () => {
		const sandbox = await openSandbox({ clock: () => now, securedColumns: ['leadsourcecode', 'leadqualitycode'] });
		const { outcome, record } = await deliver(sandbox, { leadSource: 8, fields: { leadqualitycode: 'Hot' } });
		expect(record).toMatchObject({ ...whole, createdon: '2026-11-23T11:00:00Z' });
		expect(record.description).toEqual(expect.stringMatching(/Rating: Hot[\s\S]*Lead source: Web/));
		expect(outcome).toMatchObject({
			warnings: [expect.stringMatching(/^DATAVERSE_LEAD_SOURCE: /), expect.stringMatching(/^DATAVERSE_FIELDS\.leadqualitycode: /)],
		});
	});

	it('is there without what needs a privilege that is missing', async () => {
		const privileges = leadIntakePrivileges.filter((name) => !['prvReadTransactionCurrency', 'prvAppendToCampaign'].includes(name));
		const sandbox = await openSandbox({ clock: () => now, privileges });
		const fields = { revenue: 5, campaignid: { lookup: 'campaigns', value: id(31) }, leadqualitycode: 'Hot' };
		const { outcome, record } = await deliver(sandbox, { fields, owner: `team:${id(21)}` });
		expect(record).toMatchObject({ ...whole, leadqualitycode: 1, _ownerid_value: id(21), createdon: '2026-11-23T11:00:00Z' });
		expect(record).not.toHaveProperty('revenue');
		expect(outcome).toMatchObject({ warnings: [expect.stringContaining('revenue'), expect.stringContaining('campaignid')] });
	});
});
