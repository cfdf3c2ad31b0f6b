import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Forgery } from '../../../chaos/forge-answer.ts';
import { drainSpill } from '../../../LeadSweep/drain-spill.ts';
import { spillQueue } from '../../../shared/accept/spill.ts';
import { newDelivery } from '../../../shared/delivery/delivery.ts';
import type { JournaledLead } from '../../../shared/journal/entries.ts';
import { eraseById } from '../../../shared/operate/erase-by-id.ts';
import { searchQueue } from '../../../shared/operate/search-queue.ts';
import { countMessages, drainQueue, sendMessage } from '../../../shared/storage/messages.ts';
import { type App, openApp } from '../../support/app.ts';
import { type ForgingStorage, startForgingStorage } from '../../support/forging-storage.ts';

const signal = () => AbortSignal.timeout(20_000);
const transaction = /table POST .*\$batch/;
const ofTransactions: Forgery[] = ['page', 'page as success', 'empty', 'cut', 'too few parts', 'too many parts', 'bare part'];
const ofQuestions: Forgery[] = ['page', 'empty', 'cut'];
const ofMessages: Forgery[] = ['page', 'page as success', 'empty', 'cut'];

let storage: ForgingStorage;
let app: App;
beforeAll(async () => {
	storage = await startForgingStorage();
});
afterAll(() => storage.stop());
beforeEach(async () => {
	storage.strikes();
	app = await openApp(storage.connectionString);
});

const spilled = async () => countMessages(await app.services.queue(spillQueue), signal());

describe('a lead that is accepted while transactions are answered with', () => {
	it.each(ofTransactions)('%s, and nothing is done: it is spilled, and drained later', async (forgery) => {
		storage.strikes({ what: transaction, forgery, when: 'before' });
		const leadId = await app.post();
		expect(app.events('lead.accepted')).toMatchObject([{ leadId, spilled: true, failed: ['journal: UnprovenAnswer'] }]);
		storage.strikes();
		expect([await app.find(leadId), await spilled()]).toEqual([undefined, 1]);
		await drainSpill(app.sweepDeps);
		expect(await app.find(leadId)).toMatchObject({ receipts: 1, deliveries: { email: { state: 'pending' } } });
	});

	it.each(ofTransactions)('%s, although it is done: it is there once', async (forgery) => {
		storage.strikes({ what: transaction, forgery, when: 'after' });
		const leadId = await app.post();
		expect(app.events('lead.accepted')).toMatchObject([{ leadId }]);
		storage.strikes();
		await drainSpill(app.sweepDeps);
		expect(await app.find(leadId)).toMatchObject({ receipts: 1, deliveries: { email: { state: 'pending' } } });
		expect((await (await app.services.journal()).leads({ since: 0, until: app.now }, { most: 10 }, signal())).items).toHaveLength(1);
	});

	it.each(ofTransactions)('%s once: it is accepted without the spill', async (forgery) => {
		for (const when of ['before', 'after'] as const) {
			storage.strikes({ what: transaction, forgery, when, most: 1 });
			const leadId = await app.post();
			expect(storage.struck()).toBe(1);
			expect(await app.find(leadId)).toMatchObject({ leadId });
		}
		expect(app.events('lead.accepted').filter(({ spilled }) => spilled)).toEqual([]);
	});

	it.each(ofMessages)('a page, and the spill’s messages with %s: the sender is told to come again', async (forgery) => {
		await app.post(); // the table and the queues are there
		let refused: string | undefined;
		for (const when of ['before', 'after'] as const) {
			storage.strikes({ what: /table POST .*\$batch|queue POST .*spill/, forgery, when });
			refused = await app.post();
			storage.strikes();
			expect(app.events('lead.unaccepted').at(-1)).toMatchObject({ id: refused });
		}
	});
});

describe('a message', () => {
	it.each(ofMessages)('is sent again when the first answer is %s', async (forgery) => {
		const queue = await app.services.queue('once');
		await queue.make(signal());
		storage.strikes({ what: /queue POST/, forgery, when: 'before', most: 1 });
		await sendMessage(queue, 'text', { signal: signal() });
		expect(await countMessages(queue, signal())).toBe(1);
	});

	it.each(ofMessages)('is not sent when all that is answered is %s', async (forgery) => {
		const queue = await app.services.queue('never');
		await queue.make(signal());
		storage.strikes({ what: /queue POST/, forgery, when: 'before' });
		await expect(sendMessage(queue, 'text', { signal: signal() })).rejects.toThrow();
		storage.strikes();
		expect(await countMessages(queue, signal())).toBe(0);
	});

	it.each(ofQuestions)('stays in its queue when those that wait are answered with %s', async (forgery) => {
		const queue = await app.services.queue('drained');
		const text = JSON.stringify({ text: 'long enough to be cut '.repeat(50) });
		await sendMessage(queue, text, { signal: signal() });
		const taken: string[] = [];
		const drain = () => drainQueue(queue, async (text) => void taken.push(text), { most: 10, visibilityS: 1, deadline: signal });
		for (const when of ['before', 'after'] as const) {
			storage.strikes({ what: /queue GET/, forgery, when });
			await expect(drain()).rejects.toThrow();
		}
		storage.strikes({ what: /queue GET/, forgery: 404, when: 'before' });
		await expect(drain()).rejects.toThrow();
		await expect(countMessages(queue, signal())).rejects.toThrow();
		storage.strikes();
		expect([taken, await countMessages(queue, signal())]).toEqual([[], 1]);
	});

	it.each(ofQuestions)('is not searched for in vain when its queue is answered with %s', async (forgery) => {
		const queue = await app.services.queue('searched');
		await sendMessage(queue, JSON.stringify({ text: 'looked for '.repeat(50) }), { signal: signal() });
		const search = { wanted: () => true, take: true, deadline: signal, pause: async () => undefined, onWait: () => undefined };
		storage.strikes({ what: /queue GET .*messages/, forgery, when: 'before' });
		await expect(searchQueue(queue, search)).rejects.toThrow();
		storage.strikes();
		expect((await searchQueue(queue, search)).found).toHaveLength(1);
	});

	it.each(ofQuestions.filter((forgery) => forgery !== 'cut'))(
		'is not counted as none when the count is answered with %s',
		async (forgery) => {
			const queue = await app.services.queue('counted');
			await sendMessage(queue, 'text', { signal: signal() });
			storage.strikes({ what: /queue GET/, forgery, when: 'after' });
			await expect(countMessages(queue, signal())).rejects.toThrow(/without a count/);
		},
	);
});

describe('what is asked of the journal', () => {
	const questions: [string, (lead: JournaledLead) => Promise<unknown>][] = [
		['a lead', async ({ leadId }) => app.find(leadId)],
		['a rejected payload', async ({ leadId }) => (await app.services.journal()).findRejection(leadId, signal())],
		['a rest', async () => (await app.services.journal()).readCooldown('crm', signal())],
		['the tickets', async () => (await app.services.journal()).tickets('crm', { until: app.now, most: 10 }, signal())],
		['the leads', async () => (await app.services.journal()).leads({ since: 0, until: app.now }, { most: 10 }, signal())],
		['the rejected payloads', async () => (await app.services.journal()).rejections({ since: 0, until: app.now }, { most: 10 }, signal())],
		['the leads of a person', async ({ person }) => (await app.services.journal()).leadsOfPerson(person ?? '', signal())],
		['earlier leads', async ({ person, ...lead }) => (await app.services.journal()).earlierLeads(person ?? '', lead, signal())],
		['the latest lead', async () => (await app.services.journal()).latest(signal())],
		['the counts', async () => (await app.services.journal()).counts({ first: '2000-01-01', last: '2100-01-01' }, signal())],
	];

	it.each(questions)('%s: is not taken for none, whatever comes in place of the answer', async (_, ask) => {
		const lead = (await app.find(await app.post())) as JournaledLead;
		const { leadId: id, receivedAt, payload } = lead;
		const journal = await app.services.journal();
		await journal.reject({ id, receivedAt, payload, status: 400, issues: [] }, signal());
		const cooldown = { until: app.now, why: 'failing' as const, code: '503', since: app.now, leads: [], steps: 1 };
		await journal.writeCooldown('crm', { from: undefined, to: cooldown }, signal());
		for (const forgery of ofQuestions) {
			storage.strikes({ what: /table GET/, forgery, when: 'after' });
			await expect(ask(lead)).rejects.toThrow();
		}
		// A 404 that storage has not named is somebody else's.
		storage.strikes({ what: /table GET/, forgery: 404, when: 'before' });
		await expect(ask(lead)).rejects.toThrow();
		storage.strikes();
		await ask(lead);
	});
});

describe('a write that is answered with anything else', () => {
	/** Each throws when nothing is known, and is right when it is done again. */
	const writes: [string, (id: string) => Promise<() => Promise<unknown>>, (id: string) => Promise<unknown>, unknown][] = [
		[
			'a move',
			async (id) => {
				const lead = (await app.find(id)) as JournaledLead;
				const from = lead.deliveries.crm ?? newDelivery(0);
				const moves = [{ destination: 'crm' as const, from, to: { ...from, state: 'delivered' as const } }];
				return async () => (await app.services.journal()).move(lead, moves, signal());
			},
			async (id) => (await app.find(id))?.deliveries.crm?.state,
			'delivered',
		],
		[
			'a rejection',
			async (id) => async () =>
				(await app.services.journal()).reject({ id, receivedAt: app.now, payload: Buffer.from('x'), status: 400, issues: [] }, signal()),
			async (id) => (await (await app.services.journal()).findRejection(id, signal()))?.status,
			400,
		],
		[
			'a rest',
			async () => async () => {
				const journal = await app.services.journal();
				const cooldown = { until: app.now, why: 'failing' as const, code: '503', since: app.now, leads: [], steps: 1 };
				await journal.writeCooldown('crm', { from: await journal.readCooldown('crm', signal()), to: cooldown }, signal());
			},
			async () => (await (await app.services.journal()).readCooldown('crm', signal()))?.cooldown.code,
			'503',
		],
	];

	it.each(writes)('%s: nothing is known, and done again it is right', async (_, prepare, state, right) => {
		for (const when of ['before', 'after'] as const)
			for (const forgery of ofTransactions) {
				const id = await app.post();
				const write = await prepare(id);
				storage.strikes({ what: transaction, forgery, when });
				await expect(write()).rejects.toThrow(/without one success for each part/);
				storage.strikes();
				await write();
				expect(await state(id)).toBe(right);
			}
	});

	it('an erasure: asks the row, and counts the lead once', async () => {
		for (const forgery of ofTransactions)
			for (const when of ['before', 'after'] as const) {
				const id = await app.post();
				storage.strikes({ what: transaction, forgery, when, most: 1 });
				expect(await eraseById(id, app.services)).toEqual({ lead: true, rejection: false });
				storage.strikes();
				expect(await app.find(id)).toBeUndefined();
			}
		const [day] = await (await app.services.journal()).counts({ first: '2000-01-01', last: '2100-01-01' }, signal());
		expect(day?.counts.received).toBe(ofTransactions.length * 2);
	});
});

describe('a lead that is delivered while transactions are answered with', () => {
	it.each(ofTransactions)('%s: reaches each destination once', async (forgery) => {
		for (const when of ['before', 'after'] as const) {
			// The claim, and the outcomes.
			for (const most of [1, 3]) {
				const leadId = await app.post();
				app.calls.length = 0;
				storage.strikes({ what: transaction, forgery, when, most });
				await app.deliver(leadId);
				storage.strikes();
				await app.deliver(leadId);
				expect(app.calls.map(({ destination }) => destination).sort()).toEqual(['crm', 'email']);
				expect((await app.find(leadId))?.deliveries).toMatchObject({ email: { state: 'delivered' }, crm: { state: 'delivered' } });
			}
		}
	});

	it.each(ofTransactions)('%s once its mail is sent: the mail is sent once', async (forgery) => {
		const leadId = await app.post();
		app.behaviour.email = () => {
			storage.strikes({ what: transaction, forgery, when: 'before', most: 3 });
			return { kind: 'delivered', proof: { id: 'proof', how: 'accepted' } };
		};
		await app.deliver(leadId);
		await app.deliver(leadId);
		expect(app.calls.filter(({ destination }) => destination === 'email')).toHaveLength(1);
	});
});
