import { request } from 'node:http';
import https from 'node:https';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as webApi from 'dataverse-webapi/lib/node';
import { DynamicsWebApi } from 'dynamics-web-api';
import { type OpenSandbox, openSandbox, validLead } from '../sandbox/open-sandbox.ts';

const leadid = '5d1a7b2c-0000-5000-8000-0000000000aa';
const nowhere = '5d1a7b2c-0000-5000-8000-0000000000ab';

let sandbox: OpenSandbox;
beforeEach(async () => {
	sandbox = await openSandbox();
});

describe('dynamics-web-api, as a client of the stand-in for Dataverse', () => {
	let client: DynamicsWebApi;
	beforeEach(() => {
		client = new DynamicsWebApi({
			serverUrl: sandbox.url,
			dataApi: { version: '9.2' },
			onTokenRefresh: () => sandbox.token(sandbox.url),
		});
	});
	const leads = { collection: 'leads' };

	it('creates, upserts, updates and reads leads', async () => {
		expect(await client.create({ ...leads, data: validLead() })).toMatch(/^[0-9a-f-]{36}$/);
		expect(await client.create({ ...leads, data: validLead(), returnRepresentation: true, select: ['subject'] })).toMatchObject({
			subject: 'Test Microsoft',
		});
		expect(await client.upsert({ ...leads, key: leadid, data: validLead({ lastname: 'Other' }) })).toBe(leadid);
		expect(await client.upsert({ ...leads, key: leadid, data: validLead(), ifnonematch: '*' })).toBeNull();
		await client.update({ ...leads, key: leadid, data: { firstname: 'Ada' } });
		expect(await client.retrieve({ ...leads, key: leadid, select: ['firstname', 'lastname'] })).toMatchObject({
			firstname: 'Ada',
			lastname: 'Other',
		});
		const found = await client.retrieveMultiple({ ...leads, select: ['subject'], filter: "lastname eq 'Other'", top: 5 });
		expect(found.value).toMatchObject([{ leadid }]);
		await expect(client.retrieve({ ...leads, key: nowhere, select: ['subject'] })).rejects.toMatchObject({ status: 404 });
	});

	it('asks who it is, and what the table is like', async () => {
		expect(await client.callFunction({ functionName: 'WhoAmI' })).toMatchObject({ UserId: expect.any(String) });
		const tables = await client.retrieveEntities({ select: ['LogicalName'], filter: "LogicalName eq 'lead'" });
		expect(tables.value).toMatchObject([{ LogicalName: 'lead', EntitySetName: 'leads' }]);
		const texts = await client.retrieveAttributes({
			entityKey: "LogicalName='lead'",
			castType: 'Microsoft.Dynamics.CRM.StringAttributeMetadata',
			select: ['LogicalName', 'MaxLength'],
		} as never);
		expect(texts.value).toContainEqual({ LogicalName: 'subject', MaxLength: 300 });
	});

	it.each<[string, () => Promise<unknown>]>([
		['$expand', () => client.retrieve({ ...leads, key: leadid, expand: [{ property: 'ownerid', select: ['fullname'] }] })],
		['$orderby', () => client.retrieveMultiple({ ...leads, orderBy: ['subject asc'] })],
		['$count', () => client.retrieveMultiple({ ...leads, count: true })],
		['$apply', () => client.retrieveMultiple({ ...leads, apply: 'aggregate($count as n)' } as never)],
		['fetchXml', () => client.fetch({ ...leads, fetchXml: '<fetch><entity name="lead"/></fetch>' })],
		['a filter that is not understood', () => client.retrieveMultiple({ ...leads, filter: "lastname ne 'One'" })],
		['a filter on an unknown column', () => client.retrieveMultiple({ ...leads, filter: "colour eq 'red'" })],
		['an unknown column of users', () => client.retrieveMultiple({ collection: 'systemusers', filter: "colour eq 'red'" })],
		['an unknown table', () => client.retrieveMultiple({ collection: 'accounts' })],
		['a table of metadata that is filtered otherwise', () => client.retrieveEntities({ filter: "Colour eq 'red'" })],
		['a deletion', () => client.deleteRecord({ ...leads, key: leadid })],
		['a single property', () => client.updateSingleProperty({ ...leads, key: leadid, fieldValuePair: { firstname: 'Z' } })],
	])('is refused %s, in words, and never answered as if it had not asked', async (_, ask) => {
		await expect(ask()).rejects.toMatchObject({ status: expect.any(Number), message: expect.stringMatching(/\w+ \w+/) });
	});
});

describe('dataverse-webapi, as a client of the stand-in for Dataverse', () => {
	// It knows https on its usual port alone; the stand-in speaks http on a free one.
	const overTls = https.request;
	beforeEach(() => {
		https.request = ((options: object, callback: never) => request({ ...options, port: sandbox.port }, callback)) as never;
	});
	afterEach(() => {
		https.request = overTls;
	});

	it('creates, updates, reads and asks who it is', async () => {
		const config = new webApi.WebApiConfig('9.2', await sandbox.token(sandbox.url), sandbox.url);
		const created = await webApi.createWithReturnData(config, 'leads', validLead({ lastname: 'Third' }), '$select=lastname');
		const id = String(created.leadid);
		await webApi.update(config, 'leads', id, { firstname: 'Grace' });
		expect(await webApi.retrieve(config, 'leads', id, '$select=firstname,lastname')).toMatchObject({
			firstname: 'Grace',
			lastname: 'Third',
		});
		expect((await webApi.retrieveMultiple(config, 'leads', "$select=leadid&$filter=lastname eq 'Third'")).value).toMatchObject([
			{ leadid: id },
		]);
		expect(await webApi.unboundFunction(config, 'WhoAmI')).toMatchObject({ UserId: expect.any(String) });
		await expect(webApi.retrieveMultiple(config, 'leads', '$orderby=subject')).rejects.toMatchObject({
			message: expect.stringContaining('$orderby'),
		});
	});
});
