import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { QueueClient } from '@azure/storage-queue';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { WorkerLog } from '../../../sandbox/runner/worker-message.ts';
import { type Local, type LocalOptions, startLocal } from '../../../sandbox/start/start-local.ts';
import { isAlive } from '../../../sandbox/storage/take-folder.ts';
import { eventually } from '../../support/eventually.ts';
import { tempFolder } from '../../support/temp-folder.ts';

jest.setTimeout(30_000); // several processes are started

const apps = 'tests/fixtures/apps';
const running: Local[] = [];
let folder: ReturnType<typeof tempFolder>;
let lines: WorkerLog[];
beforeEach(() => {
	folder = tempFolder();
	lines = [];
});
afterEach(async () => {
	await Promise.all(running.splice(0).map((local) => local.stop(0)));
	folder.remove();
});
async function start(options: LocalOptions = {}): Promise<Local> {
	const local = await startLocal({ app: join(apps, 'web'), onLog: (line) => lines.push(line), ...options });
	running.push(local);
	return local;
}

describe('A local start', () => {
	it('brings up app, sandbox and storage, writes the ready file, and rewrites it when the worker is started anew', async () => {
		const readyFile = join(folder.path, 'deep', 'ready.json');
		const read = () => JSON.parse(readFileSync(readyFile, 'utf8'));
		const local = await start({ readyFile, settings: { STREAM: '1' } });
		expect(read()).toEqual({
			intakeUrl: local.intakeUrl,
			sandboxUrl: local.sandboxUrl,
			pid: process.pid,
			workerPid: local.workerPid(),
			storage: local.storage,
		});
		expect((await fetch(local.intakeUrl, { method: 'POST', body: '' })).status).toBe(201);
		expect((await fetch(`${local.sandboxUrl}/mailbox.json`)).status).toBe(200);
		expect(await new QueueClient(local.storage, 'any').exists()).toBe(false);

		const pid = local.workerPid();
		process.kill(pid, 'SIGKILL');
		await eventually(() => read().workerPid !== pid);
		expect(read()).toMatchObject({ workerPid: local.workerPid(), intakeUrl: local.intakeUrl, storage: local.storage });
		await eventually(async () => (await fetch(local.intakeUrl, { method: 'POST', body: '' })).status === 201);

		const last = local.workerPid();
		await local.stop();
		await local.stop();
		expect([existsSync(readyFile), isAlive(last)]).toEqual([false, false]);
		expect(await local.broken).toBe('exit code 0');
	});

	it('runs a function on demand, waits for its end, and says when it failed or died', async () => {
		const local = await start({ app: join(apps, 'queues'), settings: { QUEUE: 'any' } });
		await local.runFunction('Worker', '{"n":1}');
		expect(lines.map(({ message }) => message)).toContain('{"done":{"n":1}}');
		await expect(local.runFunction('Nobody')).rejects.toThrow('Nobody cannot be run: 404');
		await expect(local.runFunction('Worker', '{"do":{"fail":true}}')).rejects.toThrow('Worker failed');
		await expect(local.runFunction('Worker', '{"do":{"crash":true}}')).rejects.toThrow('the worker died while Worker ran: exit code 1');
	});

	it('tells that storage has died', async () => {
		const dataFolder = join(folder.path, 'data');
		const local = await start({ dataFolder });
		process.kill(Number(readFileSync(join(dataFolder, 'storage', 'azurite.pid'), 'utf8')), 'SIGKILL');
		expect(await local.broken).toBe('SIGKILL');
	});

	it('keeps keys and storage, and starts again where it was', async () => {
		const dataFolder = join(folder.path, 'data');
		const first = await start({ dataFolder });
		await new QueueClient(first.storage, 'kept').create();
		await first.stop();
		const second = await start({ dataFolder });
		expect(second.masterKey).toBe(first.masterKey);
		expect(await new QueueClient(second.storage, 'kept').exists()).toBe(true);
		await second.stop();
		const third = await start({ dataFolder, reset: true });
		expect(third.masterKey).not.toBe(first.masterKey);
		expect(await new QueueClient(third.storage, 'kept').exists()).toBe(false);
	});

	it('starts no storage of its own when the settings name another', async () => {
		const other = await start();
		const local = await start({ dataFolder: join(folder.path, 'data'), settings: { AzureWebJobsStorage: other.storage } });
		expect(local.storage).toBe(other.storage);
		expect(existsSync(join(folder.path, 'data', 'storage'))).toBe(false);
	});

	it.each([
		['port', '--port'],
		['sandboxPort', '--sandbox-port'],
	] as const)('with a taken %s says which and what to do, and leaves nothing running', async (option, flag) => {
		const holder = createServer();
		const port = await new Promise<number>((resolve) =>
			holder.listen(0, '127.0.0.1', () => resolve((holder.address() as { port: number }).port)),
		);
		const dataFolder = join(folder.path, 'data');
		try {
			await expect(start({ dataFolder, [option]: port })).rejects.toThrow(
				`Port ${port} is taken. Stop the program that listens there, or choose another port: npm start -- ${flag}`,
			);
			expect([existsSync(join(dataFolder, 'lock')), existsSync(join(dataFolder, 'storage', 'azurite.pid'))]).toEqual([false, false]);
		} finally {
			holder.close();
		}
	});

	it('of an app that cannot be loaded fails, having said why', async () => {
		await expect(start({ app: join(apps, 'broken') })).rejects.toThrow('The app could not be loaded: see above.');
		expect(lines).toContainEqual(expect.objectContaining({ level: 'critical', message: expect.stringContaining('broken on purpose') }));
	});
});
