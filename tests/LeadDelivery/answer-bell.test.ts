import { InvocationContext } from '@azure/functions';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answerBell } from '../../LeadDelivery/answer-bell.ts';
import { newLeadId } from '../../shared/lead/lead-id.ts';
import { type App, openApp } from '../support/app.ts';
import { startTestStorage, type TestStorage } from '../support/storage.ts';

let storage: TestStorage;
let app: App;

beforeAll(async () => {
	storage = await startTestStorage();
}, 30_000);
afterAll(() => storage.stop());
beforeEach(async () => {
	app = await openApp(storage.connectionString);
});

/** What is logged when a message is heard. */
async function hear(message: unknown): Promise<unknown[]> {
	const lines: unknown[] = [];
	const logHandler = (_level: unknown, text: unknown) => void lines.push(JSON.parse(String(text)));
	await answerBell(app.services)(message, new InvocationContext({ functionName: 'LeadDelivery', logHandler }));
	return lines;
}
const largest = 48 * 1024; // 64 KiB in base64
const unknown = newLeadId(1_790_000_000_000);

describe('a message that somebody made by hand', () => {
	it.each([
		['empty', ''],
		['no JSON', 'look at this lead'],
		['JSON that was cut off', '{"bell":{"leadId":'],
		['of 48 KiB', 'x'.repeat(largest)],
		['of 48 KiB of brackets', '['.repeat(largest / 2) + ']'.repeat(largest / 2)],
		['null', null],
		['a number', 7],
		['a list', [{ bell: { leadId: unknown } }]],
		['bytes', new Uint8Array([0xff, 0x00])],
		['a bell in base64 twice', Buffer.from(JSON.stringify({ bell: { leadId: unknown } })).toString('base64')],
		['a lead without its envelope', { leadId: unknown }],
		['without a lead', { bell: {} }],
		['whose bell is null', { bell: null }],
		['whose lead is a list', { bell: { leadId: [unknown] } }],
		['whose lead is no UUID v7', { bell: { leadId: '6f9619ff-8b86-4011-b42d-00c04fc964ff' } }],
		['whose lead would break a key', { bell: { leadId: "l|' or RowKey ge '0" } }],
	])('is dropped with a line when it is no bell: %s', async (_, message) => {
		expect(await hear(message)).toEqual([{ event: 'bell.dropped', why: 'not a bell' }]);
	});

	it.each([
		['that we do not know', unknown],
		['of the year 10889', 'ffffffff-ffff-7fff-bfff-ffffffffffff'],
		['of 1970', '00000000-0000-7000-8000-000000000000'],
	])('is dropped with a line when it names a lead %s', async (_, leadId) => {
		expect(await hear({ bell: { leadId } })).toEqual([{ event: 'bell.dropped', leadId, why: 'unknown lead' }]);
	});

	it.each([
		['as text', (leadId: string) => JSON.stringify({ bell: { v: 1, leadId } })],
		['of another version', (leadId: string) => ({ bell: { v: 99, leadId, later: true } })],
		['with a destination that we do not have', (leadId: string) => ({ bell: { leadId, destination: 'fax' } })],
		['of 48 KiB', (leadId: string) => ({ bell: { leadId }, more: 'x'.repeat(largest - 100) })],
	])('is a bell when it names a lead that we know: %s', async (_, toMessage) => {
		const leadId = await app.post();
		await hear(toMessage(leadId));
		expect((await app.find(leadId))?.deliveries).toMatchObject({ email: { state: 'delivered' }, crm: { state: 'delivered' } });
	});
});
