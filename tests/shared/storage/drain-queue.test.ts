import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { drainQueue, sendMessage } from '../../../shared/storage/messages.ts';
import { openQueue } from '../../../shared/storage/open-storage.ts';
import type { StorageQueue } from '../../../shared/storage/queues/storage-queue.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';

const deadline = () => AbortSignal.timeout(20_000);
const options = { most: 100, visibilityS: 60, deadline };

describe('draining a queue', () => {
	let storage: TestStorage;
	let queue: StorageQueue;
	let queues = 0;
	beforeAll(async () => {
		storage = await startTestStorage();
	});
	afterAll(() => storage.stop());
	beforeEach(async () => {
		queue = await openQueue({ connectionString: storage.connectionString }, `drain-${Date.now()}-${++queues}`);
	});

	const send = async (...texts: string[]) => {
		for (const text of texts) await sendMessage(queue, text, { signal: deadline() });
	};
	const waiting = () => queue.count(deadline());

	it('takes what waits, each once, and finds nothing where there is no queue', async () => {
		expect(await drainQueue(queue, async () => undefined, options)).toBe(0);
		await send('one', 'two');
		const taken: string[] = [];
		expect(await drainQueue(queue, async (text) => void taken.push(text), options)).toBe(2);
		expect([taken.sort(), await waiting()]).toEqual([['one', 'two'], 0]);
	});

	it('goes on behind a message that cannot be taken, keeps it, and says so at the end', async () => {
		await send('good 1', 'bad', 'good 2');
		const taken: string[] = [];
		const take = async (text: string) => {
			if (text === 'bad') throw new Error('cannot be taken');
			taken.push(text);
		};
		await expect(drainQueue(queue, take, options)).rejects.toThrow('cannot be taken');
		expect([taken.sort(), await waiting()]).toEqual([['good 1', 'good 2'], 1]);
	});

	it('stops when one after the other fails: then it is not the messages', async () => {
		await send('1', '2', '3', '4', '5');
		let tried = 0;
		const take = async () => {
			tried++;
			throw new Error('no journal');
		};
		await expect(drainQueue(queue, take, options)).rejects.toThrow('no journal');
		expect([tried, await waiting()]).toEqual([3, 5]);
	});
});
