import { QueueServiceClient } from '@azure/storage-queue';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Local, startLocal } from '../../sandbox/start/start-local.ts';
import { eventually } from '../support/eventually.ts';
import { payload } from '../support/payload.ts';
import { get } from './get.ts';

describe('messages that somebody put into the queue of bells by hand', () => {
	let local: Local;
	const events: string[] = [];
	beforeAll(async () => {
		local = await startLocal({ onLog: ({ message }) => void events.push(message) });
	}, 60_000);
	afterAll(() => local.stop());

	it('end neither the worker nor the way of a lead, and are all gone after the next sweep', async () => {
		const worker = local.workerPid();
		const service = QueueServiceClient.fromConnectionString(local.storage);
		const bells = service.getQueueClient('bells');
		await bells.createIfNotExists();
		const bell = '{"bell":{"v":99,"leadId":"01a0b0c0-d0e0-7000-8000-000000000001","destination":"fax"}}';
		const texts = ['no bell', bell, 'null', '{"bell":null}', '{"id":7,"dequeueCount":"x"}', '['.repeat(48 * 1024), '\u0000\ufffd'];
		for (const text of texts) await bells.sendMessage(Buffer.from(text).toString('base64'));
		// In plain text, which the host cannot decode: it goes to the poison queue unseen.
		for (const text of ['not base64!', bell]) await bells.sendMessage(text);
		const response = await fetch(local.intakeUrl, { method: 'POST', body: JSON.stringify(payload()) });
		const { leadId } = (await response.json()) as { leadId: string };
		await eventually(() => get.mail(local, leadId));
		const left = async (name: string) => (await service.getQueueClient(name).getProperties()).approximateMessagesCount;
		await eventually(async () => (await left('bells')) === 0);
		await local.runFunction('LeadSweep');
		expect(await left('bells-poison')).toBe(0);
		const count = (event: string) => events.filter((line) => line.includes(`"${event}"`)).length;
		await eventually(async () => (await left('bells')) === 0 && count('bell.dropped') === texts.length);
		expect(count('poison.taken')).toBe(2);
		expect(local.workerPid()).toBe(worker);
	}, 60_000);
});
