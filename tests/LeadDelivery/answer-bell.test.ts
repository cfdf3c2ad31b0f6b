import { InvocationContext } from '@azure/functions';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answerBell, mostInHand } from '../../LeadDelivery/answer-bell.ts';
import { newLeadId } from '../../shared/lead/lead-id.ts';
import { toBell } from '../../shared/queues/bell.ts';
import type { Services } from '../../shared/services.ts';
import { type App, delivered, openApp } from '../support/app.ts';
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
		['whose further leads are none', { bell: { more: ['x', null, [unknown], { leadId: unknown }] } }],
		['whose further leads are no list', { bell: { more: unknown } }],
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
		['among those that are none', (leadId: string) => ({ bell: { v: 1, leadId: 7, more: ['', leadId, null, leadId] } })],
	])('is a bell when it names a lead that we know: %s', async (_, toMessage) => {
		const leadId = await app.post();
		await hear(toMessage(leadId));
		expect((await app.find(leadId))?.deliveries).toMatchObject({ email: { state: 'delivered' }, crm: { state: 'delivered' } });
	});
});

describe('a bell of several leads', () => {
	const post = async (count: number) => {
		const leadIds: string[] = [];
		for (let index = 0; index < count; index++) leadIds.push(await app.post());
		await app.hearBells();
		return leadIds;
	};
	const statesOf = async (leadIds: string[]) => (await Promise.all(leadIds.map(app.find))).map((lead) => lead?.deliveries.crm?.state);
	const context = () => new InvocationContext({ functionName: 'LeadDelivery', logHandler: () => undefined });
	/** The journal, which cannot be asked for these leads. */
	const withoutLeads = (leadIds: string[]): Partial<Services> => ({
		journal: async () => {
			const journal = await app.services.journal();
			const find = async (leadId: string, signal: AbortSignal) => {
				if (leadIds.includes(leadId)) throw Object.assign(new Error('no'), { statusCode: 503, code: 'ServerBusy' });
				return journal.find(leadId, signal);
			};
			return { ...journal, find };
		},
	});
	const hearWith = async (change: Partial<Services>, leadIds: string[]) => {
		const lines: { event?: string }[] = [];
		const logHandler = (_level: unknown, text: unknown) => void lines.push(JSON.parse(String(text)));
		await answerBell({ ...app.services, ...change })(toBell(leadIds), new InvocationContext({ logHandler }));
		return lines.filter(({ event }) => event === 'bell.repeated');
	};

	it('brings each of them to its destinations', async () => {
		const leadIds = await post(3);
		await hear(toBell([...leadIds, unknown]));
		expect(await statesOf(leadIds)).toEqual(['delivered', 'delivered', 'delivered']);
	});

	it('has four leads in hand at once together with all others, and claims none of the rest', async () => {
		const leadIds = await post(12);
		const called: string[] = [];
		let release: () => void = () => undefined;
		const released = new Promise<void>((resolve) => {
			release = resolve;
		});
		let areBusy: () => void = () => undefined;
		const busy = new Promise<void>((resolve) => {
			areBusy = resolve;
		});
		app.behaviour.crm = async ({ leadId }) => {
			if (called.push(leadId) === mostInHand) areBusy();
			await released;
			return delivered;
		};
		const answer = answerBell(app.services);
		const messages = [toBell(leadIds.slice(0, 6)), toBell(leadIds.slice(6, 11)), toBell(leadIds.slice(11))];
		const ends = messages.map((message) => answer(message, context()));
		await busy;
		await new Promise(setImmediate);
		const attempts = (await Promise.all(leadIds.map(app.find))).map((lead) => lead?.deliveries.crm?.attempts);
		expect(attempts).toEqual([...Array(mostInHand).fill(1), ...Array(12 - mostInHand).fill(0)]);
		release();
		await Promise.all(ends);
		expect(called).toHaveLength(12);
		expect(await statesOf(leadIds)).toEqual(Array(12).fill('delivered'));
	});

	it('rings again for those whose turn does not come, while a destination hangs', async () => {
		const leadIds = await post(mostInHand + 2);
		let answerAll: () => void = () => undefined;
		const hanging = new Promise<void>((resolve) => {
			answerAll = resolve;
		});
		const patience = new AbortController();
		let calls = 0;
		app.behaviour.crm = async () => {
			if (++calls === mostInHand) patience.abort(new Error('its time is over'));
			await hanging;
			return delivered;
		};
		let rung: () => void = () => undefined;
		const bothRung = new Promise<void>((resolve) => {
			rung = resolve;
		});
		let bells = 0;
		const bell = async () => {
			const ring = await app.services.bell();
			return async (...given: Parameters<typeof ring>) => {
				await ring(...given);
				if (++bells === 2) rung();
			};
		};
		const deadline = (ms: number) => (ms === 20_000 ? patience.signal : AbortSignal.timeout(20_000));
		const heard = hearWith({ deadline, bell }, leadIds);
		await bothRung;
		expect(await app.hearBells()).toEqual(leadIds.slice(mostInHand));
		answerAll();
		expect(await heard).toEqual(leadIds.slice(mostInHand).map((leadId) => ({ event: 'bell.repeated', leadId, why: 'no turn' })));
		expect(await statesOf(leadIds)).toEqual([...Array(mostInHand).fill('delivered'), 'pending', 'pending']);
	});

	it('does not repeat the others when one fails, which rings alone and later', async () => {
		const leadIds = await post(4);
		const rung: unknown[] = [];
		const bell =
			async () =>
			async (leadId: string, { delayMs }: { delayMs?: number }) =>
				void rung.push([leadId, delayMs]);
		const [, bad = ''] = leadIds;
		const repeated = await hearWith({ ...withoutLeads([bad]), bell }, leadIds);
		expect(repeated).toEqual([{ event: 'bell.repeated', leadId: bad, why: '503 ServerBusy Error' }]);
		expect(rung).toEqual([[bad, 30_000]]);
		expect(await statesOf(leadIds)).toEqual(['delivered', 'pending', 'delivered', 'delivered']);
	});

	it('fails as a whole, to be heard again, when all of them do, or when one that failed cannot be rung', async () => {
		const leadIds = await post(3);
		await expect(hearWith(withoutLeads(leadIds), leadIds)).rejects.toMatchObject({ code: 'ServerBusy' });
		expect(await app.hearBells()).toEqual([]);
		const bell = async () => Promise.reject(new Error('no bell'));
		await expect(hearWith({ ...withoutLeads(leadIds.slice(1)), bell }, leadIds)).rejects.toThrow('no bell');
		await hear(toBell(leadIds));
		expect(app.calls.filter(({ destination }) => destination === 'crm')).toHaveLength(3);
		expect(await statesOf(leadIds)).toEqual(['delivered', 'delivered', 'delivered']);
	});
});
