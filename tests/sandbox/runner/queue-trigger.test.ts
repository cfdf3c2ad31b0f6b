import { QueueServiceClient } from '@azure/storage-queue';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { type RunningApp, runApp } from '../../support/run-app.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';

interface Seen {
	message: unknown;
	type: string;
	triggerMetadata: Record<string, unknown>;
	pid: number;
}

jest.setTimeout(30_000); // leases are whole seconds

let storage: TestStorage;
let service: QueueServiceClient;
beforeAll(async () => {
	storage = await startTestStorage(['queue']);
	service = QueueServiceClient.fromConnectionString(storage.connectionString);
});
afterAll(() => storage?.stop());

let names = 0;
let queueName: string;
const apps: RunningApp[] = [];
beforeEach(() => {
	queueName = `queue-${++names}`;
});
afterEach(async () => {
	await Promise.all(apps.splice(0).map((app) => app.stop(0)));
});

async function start(leaseSeconds = 60, settings: Record<string, string> = {}): Promise<RunningApp> {
	const app = await runApp('queues', { AzureWebJobsStorage: storage.connectionString, QUEUE: queueName, ...settings }, { leaseSeconds });
	apps.push(app);
	return app;
}

async function send(...messages: (object | string)[]): Promise<void> {
	const queue = service.getQueueClient(queueName);
	await queue.createIfNotExists();
	for (const message of messages) {
		const text = typeof message === 'string' ? message : JSON.stringify(message);
		await queue.sendMessage(Buffer.from(text).toString('base64'));
	}
}

/** What the apps were given, in order. */
const seen = (of = apps) =>
	of.flatMap(({ lines }) =>
		lines
			.filter(({ message }) => message.startsWith('{"message"'))
			.map(({ message, function: name }) => ({ name, ...(JSON.parse(message) as Seen) })),
	);
const done = (of = apps) => of.flatMap(({ lines }) => lines.filter(({ message }) => message.startsWith('{"done"')));
const left = async (name = queueName) => (await service.getQueueClient(name).getProperties()).approximateMessagesCount;

describe('A queue trigger', () => {
	it('gives a JSON message as an object, with what storage says of it, and removes it', async () => {
		await start();
		await send({ bell: 1 });
		await eventually(async () => done().length === 1 && (await left()) === 0);
		expect(seen()).toMatchObject([
			{
				name: 'Worker',
				message: { bell: 1 },
				type: 'object',
				triggerMetadata: {
					queueTrigger: { bell: 1 },
					dequeueCount: 1,
					id: expect.stringMatching(/^[0-9a-f-]{36}$/),
					popReceipt: expect.any(String),
					insertionTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
					expirationTime: expect.any(String),
					nextVisibleTime: expect.any(String),
				},
			},
		]);
	});

	it('gives text as text', async () => {
		await start();
		await send('just text');
		await eventually(() => done().length === 1);
		expect(seen()).toMatchObject([{ message: 'just text', type: 'string', triggerMetadata: { queueTrigger: 'just text' } }]);
	});

	it('lets the message’s own members hide what storage says', async () => {
		await start();
		await send({ id: 'mine', dequeuecount: 99, POPRECEIPT: false, more: { deep: true }, list: [1], nothing: null });
		const [first] = await eventually(() => seen().length === 1 && seen());
		expect(first?.triggerMetadata).toMatchObject({ id: 'mine', dequeueCount: 99, popReceipt: 'False', more: { deep: true } });
		expect(first?.triggerMetadata).not.toHaveProperty('list');
		expect(first?.triggerMetadata).not.toHaveProperty('nothing');
	});

	it('shows a failed message again after the visibility timeout, and after maxDequeueCount leaves its body in the poison queue', async () => {
		const app = await start(60, { 'AzureWebJobs.Undertaker.Disabled': 'true' });
		await send({ do: { fail: true } });
		const began = Date.now();
		await eventually(async () => (await left()) === 0 && app.linesAt('warning').some((line) => line.includes('Moving message to queue')));
		expect(Date.now() - began).toBeGreaterThanOrEqual(950); // a second
		expect(seen().map(({ triggerMetadata }) => triggerMetadata.dequeueCount)).toEqual([1, 2]);
		const [poison] = (await service.getQueueClient(`${queueName}-poison`).receiveMessages()).receivedMessageItems;
		expect(Buffer.from(poison?.messageText ?? '', 'base64').toString()).toBe('{"do":{"fail":true}}');
		expect(poison?.dequeueCount).toBe(1);
	});

	it('moves what is not base64 to the poison queue unseen', async () => {
		await start(60, { 'AzureWebJobs.Undertaker.Disabled': 'true' });
		await send();
		await service.getQueueClient(queueName).sendMessage('not base64!');
		const poison = service.getQueueClient(`${queueName}-poison`);
		await eventually(async () => (await left()) === 0 && (await poison.exists()) && (await left(poison.name)) === 1);
		expect((await poison.peekMessages()).peekedMessageItems[0]?.messageText).toBe('not base64!');
		expect(seen()).toEqual([]);
	});

	it('on a poison queue leaves a failed message hidden until its lease ends, and never buries it', async () => {
		const app = await start(1);
		queueName += '-poison';
		await send({ do: { fail: true } });
		await eventually(() => seen().length === 2);
		expect(seen().map(({ name, triggerMetadata }) => [name, triggerMetadata.dequeueCount])).toEqual([
			['Undertaker', 1],
			['Undertaker', 2],
		]);
		expect(await left()).toBe(1);
		expect(app.linesAt('warning').filter((line) => line.includes('Moving'))).toEqual([]);
	});

	it('works on four at once, refilled one by one', async () => {
		const app = await start();
		await send(...Array.from({ length: 6 }, (_, n) => ({ n, do: { workMs: n < 4 ? 1000 : 0 } })));
		await eventually(() => done().length === 6);
		const order = app.lines
			.filter(({ level }) => level === 'information')
			.map(({ message }) => (message.startsWith('{"message"') ? 'began' : 'ended'));
		expect(order.slice(0, 5)).toEqual(['began', 'began', 'began', 'began', 'ended']);
	});

	it('renews the lease while the function runs', async () => {
		await start(2);
		await send({ do: { workMs: 3000 } });
		await eventually(async () => done().length === 1 && (await left()) === 0);
		expect(seen()).toHaveLength(1);
	});

	it('shows the message of a killed worker again when the lease ends', async () => {
		const app = await start(2);
		await send({ do: { workMs: 1000 } });
		await eventually(() => seen().length === 1);
		process.kill(app.pid(), 'SIGKILL');
		await eventually(() => done().length === 1);
		expect(app.deaths).toEqual(['SIGKILL']);
		expect(seen().map(({ triggerMetadata }) => triggerMetadata.dequeueCount)).toEqual([1, 2]);
		expect(new Set(seen().map(({ pid }) => pid)).size).toBe(2);
	});

	it('buries a message that has killed its worker maxDequeueCount times, unseen the time after', async () => {
		const app = await start(1, { 'AzureWebJobs.Undertaker.Disabled': 'true' });
		await send({ do: { crash: true } });
		await eventually(async () => (await left()) === 0);
		expect(app.deaths).toHaveLength(2);
		expect(seen()).toHaveLength(2);
		expect(await left(`${queueName}-poison`)).toBe(1);
	});

	it('gives each message to one of two workers', async () => {
		await Promise.all([start(), start()]);
		let sent = 0;
		await eventually(async () => {
			await send(...Array.from({ length: 4 }, () => ({ n: ++sent, do: { workMs: 50 } })));
			return apps.every((app) => done([app]).length > 0);
		});
		await eventually(async () => done().length >= sent && (await left()) === 0);
		const numbers = seen().map(({ message }) => (message as { n: number }).n);
		expect(numbers.toSorted((one, other) => one - other)).toEqual(Array.from({ length: sent }, (_, index) => index + 1));
	});

	it('waits for a queue that is not there yet, and does not make it', async () => {
		await start();
		await eventually(() => apps[0]?.linesAt('warning').length); // the listeners have started
		expect(await service.getQueueClient(queueName).exists()).toBe(false);
		await send({ n: 1 });
		await eventually(() => done().length === 1);
	});

	it('whose setting or connection is missing is in error; the others work', async () => {
		const app = await start();
		await eventually(() => app.linesAt('warning').length >= 2);
		expect(app.linesAt('warning')).toEqual([
			"The 'Misnamed' function is in error: '%NO_SUCH_SETTING%' does not resolve to a value",
			"The listener for function 'Unconnected' was unable to start: Storage account connection string for 'NoSuchConnection' does not exist.",
		]);
	});

	it('ends the worker when storage refuses, which is started again', async () => {
		await send();
		const wrongKey = storage.connectionString.replace(/AccountKey=[^;]+/, `AccountKey=${Buffer.from('another').toString('base64')}`);
		const app = await start(60, { AzureWebJobsStorage: wrongKey });
		await eventually(() => app.pids.length >= 2);
		expect(app.deaths[0]).toBe('exit code 1');
		expect(app.linesAt('error')[0]).toMatch(
			/^An unhandled exception has occurred\. Host is shutting down\. Queue queue-\S+ cannot be read: 403 /,
		);
	});

	it('can be pulled by the admin endpoint, with a message of one’s own', async () => {
		const app = await start();
		const run = (name: string, body: string) =>
			fetch(`${app.origin}/admin/functions/${name}`, { method: 'POST', body, headers: { 'x-functions-key': app.ready.masterKey } });
		const statuses = await Promise.all([run('Worker', '{"input":"{\\"n\\":7}"}'), run('Nobody', '{"input":""}'), run('Worker', 'no JSON')]);
		expect(statuses.map(({ status }) => status)).toEqual([202, 404, 400]);
		await eventually(() => done().length === 1);
		expect(seen()).toMatchObject([{ message: { n: 7 } }]);
	});
});
