import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createSandbox } from '../../sandbox/create-sandbox.ts';
import { sandboxSettings } from '../../sandbox/sandbox-settings.ts';
import { startSandbox } from '../../sandbox/start-sandbox.ts';
import { readSettings } from '../../shared/settings/read-settings.ts';
import { openSandbox, validLead, validMail } from './open-sandbox.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const fill = async (dataFile: string) => {
	const sandbox = await openSandbox({ dataFile });
	await sandbox.sendMail(validMail({ subject: 'first' }));
	await sandbox.sendMail(validMail({ subject: 'second' }));
	await sandbox.dataverse('leads', { method: 'POST', body: validLead() });
	const [lead] = await sandbox.json<{ leadid: string }[]>('/crm.json');
	await sandbox.dataverse(`leads(${lead?.leadid})`, { method: 'PATCH', body: { subject: 'changed' } });
	return { sandbox, mails: await sandbox.json('/mailbox.json'), leads: await sandbox.json('/crm.json') };
};

describe('a sandbox that is started again', () => {
	it('has its mails and leads still', async () => {
		const dataFile = join(folder, 'deeper', 'sandbox.jsonl');
		const { sandbox, mails, leads } = await fill(dataFile);
		await sandbox.close();
		const again = await openSandbox({ dataFile });
		expect([await again.json('/mailbox.json'), await again.json('/crm.json')]).toEqual([mails, leads]);
		expect(leads).toMatchObject([{ subject: 'changed' }]);
	});

	it('still knows a lead by its id, and goes on counting versions', async () => {
		const dataFile = join(folder, 'sandbox.jsonl');
		const { leads } = await fill(dataFile);
		const [{ leadid, versionnumber } = { leadid: '', versionnumber: 0 }] = leads as { leadid: string; versionnumber: number }[];
		const again = await openSandbox({ dataFile });
		const create = { 'if-none-match': '*' };
		expect((await again.dataverse(`leads(${leadid})`, { method: 'PATCH', body: validLead(), headers: create })).status).toBe(412);
		await again.dataverse(`leads(${leadid})`, { method: 'PATCH', body: validLead() });
		expect(await again.json('/crm.json')).toMatchObject([{ versionnumber: versionnumber + 1 }]);
	});

	it('has forgotten what was deleted, and nothing else', async () => {
		const dataFile = join(folder, 'sandbox.jsonl');
		const { sandbox, leads } = await fill(dataFile);
		expect((await fetch(`${sandbox.url}/mailbox.json`, { method: 'DELETE' })).status).toBe(204);
		const again = await openSandbox({ dataFile });
		expect([await again.json('/mailbox.json'), await again.json('/crm.json')]).toEqual([[], leads]);
		await fetch(`${again.url}/crm.json`, { method: 'DELETE' });
		expect([await again.json('/crm.json'), readFileSync(dataFile, 'utf8')]).toEqual([[], '']);
	});

	it('drops a last line whose writing was cut off, and writes on behind the others', async () => {
		const dataFile = join(folder, 'sandbox.jsonl');
		const { sandbox } = await fill(dataFile);
		await sandbox.close();
		writeFileSync(dataFile, `${readFileSync(dataFile, 'utf8')}{"mail":{"id":"x","to`);
		const again = await openSandbox({ dataFile });
		await again.sendMail(validMail({ subject: 'third' }));
		const last = await openSandbox({ dataFile });
		const subjects = (await last.json<{ subject: string }[]>('/mailbox.json')).map(({ subject }) => subject);
		expect(subjects).toEqual(['first', 'second', 'third']);
	});

	it('says which line of a damaged file it cannot read', () => {
		const dataFile = join(folder, 'sandbox.jsonl');
		writeFileSync(dataFile, '{"lead":{}}\nnonsense\n');
		expect(() => createSandbox({ dataFile })).toThrow(`${dataFile}, line 2 is not JSON: delete the file (or start with --reset)`);
	});
});

describe('startSandbox', () => {
	it('rejects when the port is taken', async () => {
		const { port } = await openSandbox();
		await expect(startSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
	});

	it('closes although requests hang and pages listen', async () => {
		const sandbox = await openSandbox();
		await sandbox.setFaults({ identity: 'hang' });
		const hanging = fetch(`${sandbox.url}/identity/token`).then(
			() => 'answered',
			() => 'broken',
		);
		const events = await fetch(`${sandbox.url}/events`);
		const listening = events.text().then(
			() => 'ended',
			() => 'broken',
		);
		while ((await sandbox.json<{ identity: { total: number } }>('/requests.json')).identity.total === 0);
		const second = await startSandbox({ port: 0 });
		await second.close();
		await sandbox.close();
		expect(await Promise.all([hanging, listening])).toEqual(['broken', 'broken']);
	});

	it('answers to loopback names only', async () => {
		const { port } = await openSandbox();
		const statusAs = (host: string) =>
			new Promise((resolve, reject) => {
				const asking = request({ port, host: '127.0.0.1', path: '/mailbox.json', headers: { host: `${host}:${port}` } }, (response) => {
					response.resume();
					resolve(response.statusCode);
				});
				asking.once('error', reject).end();
			});
		expect([await statusAs('127.0.0.1'), await statusAs('localhost'), await statusAs('leads.attacker.example')]).toEqual([200, 200, 403]);
	});
});

describe('the sandbox settings', () => {
	it('are settings that the product finds nothing wrong with', async () => {
		const { issues, destinations } = readSettings({
			...sandboxSettings('http://127.0.0.1:7080'),
			AzureWebJobsStorage: 'UseDevelopmentStorage=true',
		});
		expect({ issues, destinations }).toEqual({ issues: [], destinations: ['email', 'crm'] });
	});
});
