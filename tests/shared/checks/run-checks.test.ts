import { TableClient } from '@azure/data-tables';
import { QueueClient } from '@azure/storage-queue';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { otherTenantColumns } from '../../../sandbox/dataverse/other-tenant-columns.ts';
import { sandboxClientId } from '../../../sandbox/sandbox-settings.ts';
import { spillQueue } from '../../../shared/accept/spill.ts';
import { journalTable } from '../../../shared/journal/table/table-journal.ts';
import { bellQueue } from '../../../shared/queues/bell.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';
import { look } from './open-checks.ts';

let storage: TestStorage;
beforeAll(async () => {
	storage = await startTestStorage();
});
afterAll(() => storage.stop());

describe('an app that is set up right', () => {
	it('is ok in every line, first and again, and keeps no trace of having been looked at', async () => {
		const first = await look(storage.connectionString, {});
		expect(first.filter(({ level }) => level !== 'ok')).toEqual([]);
		expect(first.filter(({ message }) => message.endsWith('It was missing and has been created.'))).toHaveLength(4);
		const again = await look(storage.connectionString, {});
		expect(again.filter(({ level, message }) => level !== 'ok' || message.includes('missing'))).toEqual([]);
		const table = TableClient.fromConnectionString(storage.connectionString, journalTable, { allowInsecureConnection: true });
		expect(await readAll(table)).toEqual([]);
		for (const name of [bellQueue, `${bellQueue}-poison`, spillQueue])
			expect([name, (await new QueueClient(storage.connectionString, name).getProperties()).approximateMessagesCount]).toEqual([name, 0]);
	});

	it('is ok with a field map and owners that fit, whatever leads will say', async () => {
		const map = {
			new_plan: 'professional',
			new_seats: '{{unknown.seats}}',
			new_region: '{{country}}',
			campaignid: { lookup: 'campaigns', by: 'codename', value: '{{campaign.mktcmpid}}' },
			new_programid: { lookup: 'campaigns', value: '5A4DB0C5-0000-4000-8000-000000000031' },
			fax: null,
		};
		const rules = [{ when: { test: true }, choose: { owner: 'adele.vance@contoso.example', fields: { new_score: 0.5 } } }];
		const settings = {
			DATAVERSE_FIELDS: JSON.stringify(map),
			DATAVERSE_OWNER: 'team:5a4db0c5-0000-4000-8000-000000000021',
			LEAD_ROUTES: JSON.stringify(rules),
		};
		const lines = await look(storage.connectionString, { settings, sandbox: { columns: otherTenantColumns } });
		expect(lines.filter(({ level }) => level !== 'ok').map(({ message }) => message)).toEqual([
			expect.stringContaining('has no column jobtitle'), // as this tenant has it
		]);
	});

	it('asks for nothing that it does not use', async () => {
		const settings = { LEAD_DESTINATIONS: 'crm', EMAIL_FROM: undefined, EMAIL_TO: undefined };
		const lines = await look(storage.connectionString, { settings });
		expect(lines.filter(({ level }) => level !== 'ok')).toEqual([]);
		expect(lines.filter(({ check, message }) => check === 'mailbox' || message.includes('Graph'))).toEqual([]);
	});
});

const readAll = async (table: TableClient) => {
	const rows: unknown[] = [];
	for await (const row of table.listEntities()) rows.push(row);
	return rows;
};

describe('a token', () => {
	const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
	const said = async (claims: object, clientId: string = sandboxClientId) => {
		const token = [encode({ alg: 'RS256' }), encode(claims), 'secret-signature'].join('.');
		const settings = { LEAD_DESTINATIONS: 'email', AZURE_CLIENT_ID: clientId };
		const lines = await look(storage.connectionString, { settings, deps: () => ({ tokensOf: () => async () => token }) });
		expect(JSON.stringify(lines)).not.toMatch(/secret-signature|eyJ/);
		return lines.filter(({ check }) => check === 'token');
	};
	const graph = { aud: '00000003-0000-0000-c000-000000000000', oid: 'an-object', tid: 'a-tenant' };

	it('tells whose it is, by the setting’s name where it is ours', async () => {
		expect(await said({ ...graph, azp: sandboxClientId.toUpperCase() })).toEqual([
			{
				check: 'token',
				level: 'ok',
				message: 'There is a token for Microsoft Graph: the application AZURE_CLIENT_ID, object an-object, tenant a-tenant.',
			},
		]);
	});

	it('tells that it opens every mailbox', async () => {
		const [line] = await said({ ...graph, appid: sandboxClientId, roles: ['Mail.Send'] });
		expect(line).toMatchObject({
			level: 'ok',
			message: expect.stringContaining('It may send as every mailbox of the tenant (Mail.Send).'),
		});
	});

	it('of a person who may send mail is ok', async () => {
		const [line] = await said({ ...graph, appid: '04b07795-8ddb-461a-bbee-02f9e1bf7b46', scp: 'Mail.Send User.Read' });
		expect(line).toMatchObject({ level: 'ok', message: expect.stringContaining('a person by the application 04b07795') });
	});
});

describe('a check that breaks', () => {
	it('is a failure itself, and stops no other', async () => {
		const broken = () => ({
			fetch: () => {
				throw new TypeError('broken');
			},
			queue: () => {
				throw new TypeError('broken');
			},
		});
		const lines = await look(storage.connectionString, { deps: broken });
		expect(lines).toContainEqual(expect.objectContaining({ check: 'storage', level: 'failure' }));
		expect(lines).toContainEqual(expect.objectContaining({ check: 'mailbox', level: 'ok' }));
		const unforeseen = await look(storage.connectionString, { live: false, deps: () => ({ environment: null as never }) });
		expect(unforeseen).toContainEqual(expect.objectContaining({ check: 'functions', message: 'The check could not run (TypeError).' }));
		expect(unforeseen).toContainEqual(expect.objectContaining({ check: 'node', level: 'ok' }));
	});
});
