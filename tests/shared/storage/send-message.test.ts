import { afterEach, describe, expect, it } from '@jest/globals';
import { toConnectionString } from '../../../sandbox/storage/connection-string.ts';
import { sendMessage } from '../../../shared/storage/messages.ts';
import { openQueue } from '../../../shared/storage/open-storage.ts';
import { type Reply, type StandIn, startStandIn } from '../../support/stand-in.ts';

const xml = { 'content-type': 'application/xml' };
const message = '<MessageId>5a4db0c5-0000-4000-8000-000000000001</MessageId><PopReceipt>AAAA</PopReceipt>';
const sent: Reply = {
	status: 201,
	headers: xml,
	body: `<QueueMessagesList><QueueMessage>${message}</QueueMessage></QueueMessagesList>`,
};

describe('sending a message', () => {
	let service: StandIn;
	afterEach(() => service.close());

	const sendTo = async (...replies: Reply[]) => {
		service = await startStandIn((_, count) => replies[count - 1] ?? sent);
		const queue = await openQueue({ connectionString: toConnectionString({ queue: Number(new URL(service.root).port) }) }, 'bells');
		await sendMessage(queue, 'text', { signal: AbortSignal.timeout(20_000) });
	};
	const asked = () => service.received.map(({ method, path }) => `${method} ${path.replace(/^\/\w+|\?.*/g, '')}`);

	it('is done again when the kept connection was closed just then', async () => {
		await sendTo('reset');
		expect(asked()).toEqual(['POST /bells/messages', 'POST /bells/messages']);
	});

	it('makes a queue that is missing', async () => {
		await sendTo({ status: 404, headers: { 'x-ms-error-code': 'QueueNotFound' } }, { status: 201 });
		expect(asked()).toEqual(['POST /bells/messages', 'PUT /bells', 'POST /bells/messages']);
	});

	it.each<[string, Reply]>([
		['names no message', { status: 201, headers: xml, body: '<QueueMessagesList/>' }],
		['breaks off behind the id', { status: 201, headers: xml, body: `<QueueMessagesList><QueueMessage>${message}` }],
		['is of another kind', { status: 201, headers: xml, body: '<html/>' }],
		['is JSON', { status: 201, headers: { 'content-type': 'application/json' }, body: '{"ok":true}' }],
		['has the wrong success', { status: 202, headers: xml, body: sent.body ?? '' }],
	])('is done again when the answer %s, and then fails', async (_, reply) => {
		await sendTo(reply);
		expect(asked()).toEqual(['POST /bells/messages', 'POST /bells/messages']);
		service.close();
		await expect(sendTo(reply, reply)).rejects.toThrow();
		expect(service.received).toHaveLength(2);
	});

	it.each<[string, Reply[], number]>([
		['a refusal', [{ status: 403 }], 1],
		['a second broken connection', ['reset', 'reset'], 2],
	])('fails at %s', async (_, replies, times) => {
		await expect(sendTo(...replies)).rejects.toThrow();
		expect(service.received).toHaveLength(times);
	});
});
