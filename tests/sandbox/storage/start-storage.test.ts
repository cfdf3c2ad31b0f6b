import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TableClient } from '@azure/data-tables';
import { QueueClient } from '@azure/storage-queue';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Storage, startStorage } from '../../../sandbox/storage/start-storage.ts';
import { isAlive, takeFolder } from '../../../sandbox/storage/take-folder.ts';
import { tempFolder } from '../../support/temp-folder.ts';

jest.setTimeout(30_000); // processes are started

describe('Storage', () => {
	let folder: ReturnType<typeof tempFolder>;
	const running: Storage[] = [];
	beforeEach(() => {
		folder = tempFolder();
	});
	afterEach(async () => {
		await Promise.all(running.splice(0).map((storage) => storage.stop()));
		folder.remove();
	});
	const start = async (...services: ('blob' | 'queue' | 'table')[]) => {
		const storage = await startStorage(services.length > 0 ? { folder: folder.path, services } : { folder: folder.path });
		running.push(storage);
		return storage;
	};

	it('keeps what was written the moment before it was stopped', async () => {
		const first = await start('queue', 'table');
		const table = (storage: Storage) =>
			TableClient.fromConnectionString(storage.connectionString, 'kept', { allowInsecureConnection: true });
		const queue = (storage: Storage) => new QueueClient(storage.connectionString, 'kept');
		await table(first).createTable();
		await queue(first).create();
		await table(first).createEntity({ partitionKey: 'p', rowKey: 'r', value: 1 });
		await queue(first).sendMessage('kept');
		await first.stop();
		expect([await first.ended, isAlive(first.pid)]).toEqual(['exit code 0', false]);

		const second = await start('queue', 'table');
		expect(await table(second).getEntity('p', 'r')).toMatchObject({ value: 1 });
		expect((await queue(second).peekMessages()).peekedMessageItems).toMatchObject([{ messageText: 'kept' }]);
	});

	it('is a whole account when not told otherwise, on this machine only', async () => {
		const { connectionString } = await start();
		const endpoints = connectionString.split(';').filter((part) => /Endpoint=/.test(part));
		expect(endpoints.map((endpoint) => endpoint.split('=')[0])).toEqual(['BlobEndpoint', 'QueueEndpoint', 'TableEndpoint']);
		for (const endpoint of endpoints) expect(endpoint).toMatch(/=http:\/\/127\.0\.0\.1:\d+\/devstoreaccount1$/);
	});

	it('says what is wrong when it cannot start', async () => {
		const file = join(folder.path, 'file');
		writeFileSync(file, '');
		await expect(startStorage({ folder: file })).rejects.toThrow('The storage emulator (Azurite) could not start: EEXIST');
	});

	it('waits for another that still writes to the folder, then gives up', async () => {
		writeFileSync(join(folder.path, 'azurite.pid'), String(process.ppid));
		await expect(takeFolder(folder.path, 60)).rejects.toThrow(`${folder.path} is in use by process ${process.ppid}`);
	});

	it('takes no notice of one that was killed', async () => {
		writeFileSync(join(folder.path, 'azurite.pid'), '2147483646');
		const leave = await takeFolder(folder.path, 0);
		leave();
		expect(existsSync(join(folder.path, 'azurite.pid'))).toBe(false);
	});
});
