import { QueueClient } from '@azure/storage-queue';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openLine } from '../../../../shared/storage/account/storage-line.ts';
import { openStorageQueue, type StorageQueue } from '../../../../shared/storage/queues/storage-queue.ts';
import { propertyRuns } from '../../../support/property-runs.ts';
import { startTestStorage, type TestStorage } from '../../../support/storage.ts';

/** Every case is a few requests to the emulator. */
const runs = { numRuns: Math.ceil(propertyRuns.numRuns / 4) };
const signal = () => AbortSignal.timeout(20_000);

let storage: TestStorage;
let lean: StorageQueue;
let sdk: QueueClient;
let queues = 0;

function open() {
	const name = `both-${Date.now()}-${++queues}`;
	lean = openStorageQueue(openLine({ connectionString: storage.connectionString }, 'queue'), name);
	sdk = new QueueClient(storage.connectionString, name, { retryOptions: { maxTries: 1 } });
}

beforeAll(async () => {
	storage = await startTestStorage(['queue']);
});
afterAll(() => storage.stop());
beforeEach(async () => {
	open();
	await lean.make(signal());
});

const receive = () => lean.receive({ most: 32, hiddenS: 60 }, signal());
const receiveBySdk = async () => (await sdk.receiveMessages({ numberOfMessages: 32, visibilityTimeout: 60 })).receivedMessageItems;

describe('a message', () => {
	it('of any text that XML can hold is sent and received, and read as by the SDK', async () => {
		const texts = fc
			.oneof(
				fc.string({ unit: 'grapheme', maxLength: 60 }),
				fc.base64String({ maxLength: 60 }),
				fc.constantFrom('', ' ', '  two  ', '\n', '\t', '<a/>', '&amp;', "it's", '"', ']]>', '&#65;', '<!-- x -->', '{"bell":{}}'),
			)
			.filter((text) => text.isWellFormed() && !/[^\t\n\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text));
		await fc.assert(
			fc.asyncProperty(texts, async (text) => {
				const { messageId } = await lean.send(text, {}, signal());
				expect(await lean.peek({ most: 32 }, signal())).toEqual([text]);
				const [peeked] = (await sdk.peekMessages({ numberOfMessages: 32 })).peekedMessageItems;
				const [received, ...others] = await receive();
				expect([received, others, peeked?.messageText, peeked?.messageId]).toEqual([
					{ messageId, popReceipt: expect.any(String), text, dequeueCount: 1 },
					[],
					text,
					messageId,
				]);
				if (received) await sdk.deleteMessage(messageId, received.popReceipt);
			}),
			runs,
		);
	}, 120_000);

	it.each(['\u0000', '\u001b', '\uFFFE', '\uD800'])('is not sent with %j, which would make every receive fail', async (text) => {
		await expect(lean.send(text, {}, signal())).rejects.toThrow(TypeError);
		expect(await lean.count(signal())).toBe(0);
	});

	it('keeps its CR, which XML would drop', async () => {
		await lean.send('a\r\nb\r', {}, signal());
		expect((await receive()).map(({ text }) => text)).toEqual(['a\r\nb\r']);
	});

	it('of 64 KiB comes back in a list of 32', async () => {
		const text = 'x'.repeat(65_536);
		await Promise.all(Array.from({ length: 32 }, () => lean.send(text, {}, signal())));
		const received = await receive();
		expect([received.length, received.every((message) => message.text === text)]).toEqual([32, true]);
	});

	it('lives for ever unless told otherwise, and is hidden as long as is asked for', async () => {
		await lean.send('hidden', { hiddenS: 100 }, signal());
		await lean.send('seen', { livesS: 500 }, signal());
		const [message, ...others] = await receiveBySdk();
		expect([message?.messageText, others]).toEqual(['seen', []]);
		const livesMs = Number(message?.expiresOn) - Number(message?.insertedOn);
		expect(livesMs).toBe(500_000);
		expect(await lean.count(signal())).toBe(2);
		open();
		await lean.make(signal());
		await lean.send('for ever', {}, signal());
		expect((await receiveBySdk())[0]?.expiresOn.getUTCFullYear()).toBe(9999);
	});

	it('is hidden anew, and then removed by its latest receipt alone', async () => {
		await lean.send('text', {}, signal());
		const [message] = await receive();
		if (!message) throw new Error('nothing was received');
		const latest = await lean.hide(message, 30, signal());
		await expect(lean.remove(message, signal())).rejects.toMatchObject({ statusCode: 400, code: 'PopReceiptMismatch' });
		await expect(sdk.deleteMessage(message.messageId, message.popReceipt)).rejects.toMatchObject({ statusCode: 400 });
		const seen = await lean.hide(latest, 0, signal());
		expect(await receive()).toMatchObject([{ messageId: seen.messageId, dequeueCount: 2, text: 'text' }]);
		open();
		await lean.make(signal());
		await lean.send('text', {}, signal());
		const [again] = await receive();
		if (again) await lean.remove(again, signal());
		expect(await lean.count(signal())).toBe(0);
		await expect(again && lean.remove(again, signal())).rejects.toMatchObject({ statusCode: 404, code: 'MessageNotFound' });
	});
});

describe('a queue', () => {
	it('is counted and cleared, and gives no more than is asked for', async () => {
		for (let index = 0; index < 5; index++) await lean.send(String(index), {}, signal());
		expect(await lean.receive({ most: 2, hiddenS: 60 }, signal())).toHaveLength(2);
		const { approximateMessagesCount } = await sdk.getProperties();
		expect([await lean.count(signal()), approximateMessagesCount]).toEqual([5, 5]);
		await lean.clear(signal());
		expect([await lean.count(signal()), await receive()]).toEqual([0, []]);
	});

	it('that is missing refuses everything by its name, until it is made', async () => {
		open();
		const message = { messageId: '00000000-0000-4000-8000-000000000000', popReceipt: 'AAAA' };
		const calls = [
			() => lean.send('x', {}, signal()),
			receive,
			() => lean.peek({ most: 1 }, signal()),
			() => lean.count(signal()),
			() => lean.clear(signal()),
		];
		for (const call of [...calls, () => lean.remove(message, signal())])
			await expect(call()).rejects.toMatchObject({ name: 'StorageError', statusCode: 404, code: 'QueueNotFound' });
		expect([await lean.make(signal()), await lean.make(signal())]).toEqual(['was made', 'was there']);
		await lean.send('x', {}, signal());
		expect(await receive()).toHaveLength(1);
	});

	it('gives each message to one of many who receive', async () => {
		await Promise.all(Array.from({ length: 30 }, (_, index) => lean.send(String(index), {}, signal())));
		const one = () => lean.receive({ most: 4, hiddenS: 60 }, signal());
		const ends = await Promise.all(Array.from({ length: 12 }, one));
		const texts = ends.flat().map(({ text }) => text);
		expect(new Set(texts).size).toBe(texts.length);
		expect([...texts, ...(await receive()).map(({ text }) => text)].sort()).toEqual(
			Array.from({ length: 30 }, (_, index) => String(index)).sort(),
		);
	});
});
