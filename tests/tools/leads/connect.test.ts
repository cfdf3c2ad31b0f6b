import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect } from '../../../tools/leads/connect.ts';

const key = 'bm90IGEga2V5';
const local = (port: number) =>
	`DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=${key};TableEndpoint=http://127.0.0.1:${port}/devstoreaccount1;QueueEndpoint=http://127.0.0.1:1/devstoreaccount1;`;

let data: string;
beforeEach(async () => {
	data = await mkdtemp(join(tmpdir(), 'leads-connect-'));
});
afterEach(() => rm(data, { recursive: true }));

const where = async (place: { account?: string; connectionString?: string }, environment: Record<string, string> = {}) => {
	const connection = await connect({ ...place, data }, environment);
	return typeof connection === 'string' ? connection : connection.where;
};

describe('which journal', () => {
	it('is the one that was said first: the account, the connection string, the environment, what npm start wrote', async () => {
		await writeFile(join(data, 'ready.json'), JSON.stringify({ intakeUrl: 'http://127.0.0.1:7071', storage: local(4) }));
		const environment = { AzureWebJobsStorage: local(3) };
		expect([
			await where({ account: 'contosoleads', connectionString: local(2) }, environment),
			await where({ connectionString: local(2) }, environment),
			await where({}, environment),
			await where({}, { AzureWebJobsStorage__accountName: 'fabrikamleads' }),
			await where({}),
		]).toEqual([
			'the journal of the account contosoleads',
			'the journal of 127.0.0.1:2',
			'the journal of 127.0.0.1:3',
			'the journal of https://fabrikamleads.table.core.windows.net',
			'the journal of 127.0.0.1:4',
		]);
	});

	it('does not need the settings of the app: they are read for the link to a record alone', async () => {
		await writeFile(
			join(data, 'ready.json'),
			JSON.stringify({ intakeUrl: 'http://127.0.0.1:7071', sandboxUrl: 'http://127.0.0.1:7080', storage: local(4) }),
		);
		const here = process.cwd();
		try {
			process.chdir(data);
			const linkTo = async () => {
				const connection = await connect({ data }, {});
				return typeof connection === 'string' ? connection : connection.recordUrl?.('0199aaaa-bbbb-7ccc-8ddd-eeee1a2b3c4d', ['crm']);
			};
			expect(await linkTo()).toMatch(/^http:\/\/127\.0\.0\.1:7080\/main\.aspx/);
			await writeFile('local.settings.json', '{ "values": {} }');
			expect(await linkTo()).toBeUndefined();
		} finally {
			process.chdir(here);
		}
	});

	it('is named without its key', async () => {
		const plain = `DefaultEndpointsProtocol=https;AccountName=contosoleads;AccountKey=${key};EndpointSuffix=core.windows.net`;
		expect(await where({ connectionString: plain })).toBe('the journal of contosoleads');
	});

	it('is asked for when none is known', async () => {
		expect(await where({})).toMatch(/^Which journal\? Start the app on this machine \(npm start\), or name one: --account NAME/);
	});
});
