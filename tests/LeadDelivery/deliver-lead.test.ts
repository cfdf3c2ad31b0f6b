import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { deliverLead } from '../../LeadDelivery/deliver-lead.ts';
import { type App, delivered, openApp, unavailable, workingSettings } from '../support/app.ts';
import { payload } from '../support/payload.ts';
import { startTestStorage, type TestStorage } from '../support/storage.ts';

const second = 1000;
const minute = 60 * second;
const maybeSent = { kind: 'transient', code: '504', reason: 'gateway time-out', maybeDone: true } as const;

let storage: TestStorage;
let app: App;

beforeAll(async () => {
	storage = await startTestStorage();
});
afterAll(() => storage.stop());
beforeEach(async () => {
	app = await openApp(storage.connectionString);
});

const stateOf = async (leadId: string) => {
	const lead = await app.find(leadId);
	return Object.fromEntries(
		Object.entries(lead?.deliveries ?? {}).map(([name, { state, due }]) => [name, state === 'pending' ? (due - app.now) / second : state]),
	);
};

describe('delivering a lead', () => {
	it('brings it to every destination once, with the proof in the journal', async () => {
		const leadId = await app.post();
		await app.deliver(leadId);
		await app.deliver(leadId);
		expect(app.calls.map(({ destination }) => destination).sort()).toEqual(['crm', 'email']);
		expect(app.calls[0]?.request).toMatchObject({
			leadId,
			attempt: 1,
			recordUrl: expect.stringContaining(leadId),
			lead: { firstName: 'Ada' },
		});
		expect((await app.find(leadId))?.deliveries.email).toMatchObject({
			state: 'delivered',
			attempts: 1,
			proof: { id: 'proof', how: 'accepted' },
		});
	});

	it('makes one attempt when two workers hear the same bell at once', async () => {
		const leadId = await app.post();
		await Promise.all([app.deliver(leadId), app.deliver(leadId), app.deliver(leadId)]);
		expect(app.calls).toHaveLength(2);
	});

	it('does not let an outage at one destination repeat or delay the other', async () => {
		app.behaviour.crm = () => unavailable;
		const leadId = await app.post();
		await app.deliver(leadId);
		expect(await stateOf(leadId)).toEqual({ email: 'delivered', crm: 30 });
		app.now += 31 * second;
		app.behaviour.crm = () => delivered;
		await app.deliver(leadId);
		expect(await stateOf(leadId)).toEqual({ email: 'delivered', crm: 'delivered' });
		expect(app.calls.map(({ destination }) => destination).sort()).toEqual(['crm', 'crm', 'email']);
	});

	it('writes the outcome of one destination while another hangs', async () => {
		let answer: (outcome: typeof delivered) => void = () => undefined;
		let asked: () => void = () => undefined;
		const calledCrm = new Promise<void>((resolve) => {
			asked = resolve;
		});
		app.behaviour.crm = () =>
			new Promise((resolve) => {
				answer = resolve;
				asked();
			});
		const leadId = await app.post();
		const delivery = app.deliver(leadId);
		await calledCrm;
		while ((await stateOf(leadId)).email !== 'delivered') await new Promise(setImmediate);
		expect(await stateOf(leadId)).toEqual({ email: 'delivered', crm: 70 });
		answer(delivered);
		await delivery;
		expect(await stateOf(leadId)).toEqual({ email: 'delivered', crm: 'delivered' });
	});

	it('drops a bell for a lead that is claimed, ended or unknown', async () => {
		const leadId = await app.post();
		app.behaviour.crm = () => unavailable;
		await app.deliver(leadId);
		await app.deliver(leadId);
		await app.deliver('0190a0b0-c0d0-7000-8000-00000000ffff');
		expect(app.calls).toHaveLength(2);
		expect(app.events('bell.dropped')).toMatchObject([{ why: 'unknown lead' }]);
	});

	it('tries a CRM attempt that ended without an outcome again at once, a mail much later', async () => {
		const leadId = await app.post();
		const lost = new Error('the worker was killed');
		const move = (await app.services.journal()).move;
		// The worker dies before it can write what it has done.
		const dying = {
			...(await app.services.journal()),
			move: ((lead, moves, ...rest) =>
				moves.some(({ to }) => to.claim) ? move(lead, moves, ...rest) : Promise.reject(lost)) as typeof move,
		};
		const pause = async () => {
			app.now += minute;
		};
		const deliveryDeps = { ...app.deliveryDeps, journal: async () => dying, pause };
		await expect(deliverLead(leadId, deliveryDeps)).rejects.toBe(lost);
		expect(app.calls).toHaveLength(2);
		const killedAt = 1_790_000_000_000;
		app.now = killedAt + 70 * second;
		await app.deliver(leadId);
		expect(app.calls.map(({ destination }) => destination)).toEqual(['email', 'crm', 'crm']);
		expect((await app.find(leadId))?.deliveries.email).toMatchObject({
			state: 'pending',
			due: killedAt + 15 * minute,
			recent: [{ code: 'unanswered', maybeDone: true }],
		});
		app.now = killedAt + 15 * minute;
		await app.deliver(leadId);
		expect(await stateOf(leadId)).toEqual({ email: 'delivered', crm: 'delivered' });
	});

	it('writes delivered although its claim was overtaken, and nothing over it', async () => {
		const leadId = await app.post();
		app.behaviour.crm = async () => {
			app.behaviour.crm = () => unavailable;
			app.now += 80 * second;
			await app.deliver(leadId);
			return delivered;
		};
		await app.deliver(leadId);
		expect(await stateOf(leadId)).toEqual({ email: 'delivered', crm: 'delivered' });
		expect(app.calls.filter(({ destination }) => destination === 'crm')).toHaveLength(2);
	});

	it('lets a mail that may have been sent wait for the slow schedule', async () => {
		app.behaviour.email = () => maybeSent;
		const leadId = await app.post();
		await app.deliver(leadId);
		expect(await stateOf(leadId)).toMatchObject({ email: 15 * 60 });
	});

	it('parks what is refused for good, with an alert', async () => {
		app.behaviour.crm = () => ({ kind: 'permanent', code: '400 0x80044331', reason: 'too long', remedy: 'shorten it' });
		const leadId = await app.post();
		await app.deliver(leadId);
		expect((await app.find(leadId))?.deliveries.crm).toMatchObject({
			state: 'parked',
			reason: '400 0x80044331: too long',
			remedy: 'shorten it',
		});
		expect(app.events('delivery.parked')).toMatchObject([{ level: 'error', leadId, destination: 'crm', code: '400 0x80044331' }]);
	});

	it('rings for the next attempt when it is due before the sweep would', async () => {
		app.behaviour.crm = () => ({ ...unavailable, retryAfterMs: 1 });
		app.random = 0;
		const leadId = await app.post();
		expect(await app.hearBells()).toEqual([leadId]);
		await app.deliver(leadId);
		const bells = await app.services.queue('bells');
		expect(await bells.count(AbortSignal.timeout(20_000))).toBe(1);
	});

	it('calls nothing while a setting that the destination needs is wrong, and names it', async () => {
		app = await openApp(storage.connectionString, { ...workingSettings, EMAIL_TO: 'nobody' });
		const leadId = await app.post();
		await app.deliver(leadId);
		expect(app.calls.map(({ destination }) => destination)).toEqual(['crm']);
		expect(await stateOf(leadId)).toEqual({ email: 0, crm: 'delivered' });
		expect(app.events('delivery.attempted')).toContainEqual(expect.objectContaining({ destination: 'email', dueInMs: minute }));
		await app.deliver(leadId);
		expect(app.events('delivery.misconfigured')).toHaveLength(1);
		expect(app.events('delivery.misconfigured')).toMatchObject([{ destination: 'email', names: ['EMAIL_TO'], code: 'settings' }]);
	});

	it('takes a destination that throws for a transient failure', async () => {
		app.behaviour.crm = () => Promise.reject(new TypeError('a defect'));
		const leadId = await app.post();
		await app.deliver(leadId);
		expect(await stateOf(leadId)).toMatchObject({ crm: 30 });
		expect(app.events('delivery.attempted')).toContainEqual(
			expect.objectContaining({ destination: 'crm', outcome: 'transient', code: 'TypeError' }),
		);
	});
});

describe('the same person again', () => {
	const mention = { ...workingSettings, LEAD_SAME_PERSON: 'mention' };
	const toBoth = { when: { action: 'PLT' }, choose: { destinations: 'email;crm' } };
	const crmOf = (leadId: string) => `https://contoso.crm4.dynamics.com/main.aspx?etn=lead&id=${leadId}&pagetype=entityrecord`;

	/** Delivers the person's first lead, and a day later the second; what the mail of the second is given. */
	async function deliverBoth(change: () => void = () => undefined) {
		const first = await app.post(payload());
		await app.deliver(first);
		app.now += 24 * 60 * minute;
		change();
		const second = await app.post(payload({ ActionCode: 'PLT' }));
		await app.deliver(second);
		const call = app.calls.find(({ destination, request }) => destination === 'email' && request.leadId === second);
		return { first, second, request: call?.request };
	}

	it('is mentioned with a link to the record of the earlier lead', async () => {
		app = await openApp(storage.connectionString, mention);
		const { first, second, request } = await deliverBoth();
		expect(request).toMatchObject({ recordUrl: crmOf(second), earlier: { leadId: first, action: 'INS', recordUrl: crmOf(first) } });
	});

	it.each([
		['went to the mailbox alone', {}],
		['has not reached the CRM', { LEAD_DESTINATIONS: 'email;crm' }],
	])('is mentioned without a link when the earlier lead %s', async (_, destinations) => {
		app = await openApp(storage.connectionString, {
			...mention,
			LEAD_DESTINATIONS: 'email',
			LEAD_ROUTES: JSON.stringify([toBoth]),
			...destinations,
		});
		app.behaviour.crm = () => unavailable;
		const { first, second, request } = await deliverBoth();
		expect(request).toMatchObject({ recordUrl: crmOf(second), earlier: { leadId: first } });
		expect(request?.earlier).not.toHaveProperty('recordUrl');
	});

	it('is looked up once for all destinations', async () => {
		app = await openApp(storage.connectionString, mention);
		const journal = await app.services.journal();
		const asked: unknown[] = [];
		await deliverBoth(() => {
			const earlierLeads: typeof journal.earlierLeads = (...question) => {
				asked.push(question);
				return journal.earlierLeads(...question);
			};
			Object.assign(app.deliveryDeps, { journal: async () => ({ ...journal, earlierLeads }) });
		});
		expect(asked).toHaveLength(1);
		expect(app.calls.slice(-2).map(({ request }) => request.earlier?.action)).toEqual(['INS', 'INS']);
	});

	it('is delivered without a mention when the journal cannot tell of earlier leads', async () => {
		app = await openApp(storage.connectionString, mention);
		const journal = await app.services.journal();
		const { request } = await deliverBoth(() => {
			const earlierLeads = () => Promise.reject(Object.assign(new Error('busy'), { code: 'ServerBusy' }));
			Object.assign(app.deliveryDeps, { journal: async () => ({ ...journal, earlierLeads }) });
		});
		expect(request).not.toHaveProperty('earlier');
		expect(app.events('earlier.unread')).toContainEqual(
			expect.objectContaining({ level: 'warn', code: expect.stringContaining('ServerBusy') }),
		);
	});
});

describe('a destination that cools down', () => {
	it('is not called after three leads in a row failed, until one lead has probed it; then what waits is rung, oldest first', async () => {
		app.behaviour.crm = () => unavailable;
		const leads: string[] = [];
		for (let index = 0; index < 6; index++) {
			leads.push(await app.post());
			await app.deliver(leads[index] ?? '');
			app.now += 10;
		}
		const crmCalls = () => app.calls.filter(({ destination }) => destination === 'crm').map(({ request }) => leads.indexOf(request.leadId));
		expect(crmCalls()).toEqual([0, 1, 2]);
		app.behaviour.crm = () => delivered;
		app.now += 31 * second;
		await app.hearBells();
		await Promise.all(leads.slice(2).map((leadId) => app.deliver(leadId)));
		expect(crmCalls()).toHaveLength(4);
		const rung = await app.hearBells();
		expect(rung.map((leadId) => leads.indexOf(leadId))).toEqual(expect.arrayContaining([5]));
		for (const leadId of rung) await app.deliver(leadId);
		expect((await Promise.all(leads.slice(2).map(stateOf))).map(({ crm }) => crm)).toEqual(Array(4).fill('delivered'));
	});

	it('cools down as long as it asks', async () => {
		app.behaviour.email = () => ({ ...unavailable, code: '429', retryAfterMs: 5 * minute });
		const first = await app.post();
		await app.deliver(first);
		app.now += 4 * minute;
		const second = await app.post();
		await app.deliver(second);
		expect(app.calls.filter(({ destination }) => destination === 'email')).toHaveLength(1);
		expect((await app.find(second))?.deliveries.email).toMatchObject({ attempts: 0, spent: 0 });
	});

	it('cools down as long as it asks although a call that was under way then succeeds', async () => {
		const [older, newer, waiting] = [await app.post(), await app.post(), await app.post()];
		await app.hearBells();
		app.behaviour.crm = async ({ leadId }) => {
			if (leadId === newer) return { ...unavailable, code: '429', retryAfterMs: 10 * minute };
			await app.deliver(newer);
			return delivered;
		};
		await app.deliver(older);
		expect(await stateOf(older)).toMatchObject({ crm: 'delivered' });
		app.now += 9 * minute;
		await app.deliver(waiting);
		expect(app.calls.filter(({ destination }) => destination === 'crm')).toHaveLength(2);
		expect(await app.hearBells()).toEqual([]);
		app.behaviour.crm = () => delivered;
		app.now += minute;
		await app.deliver(newer);
		expect(await app.hearBells()).toEqual([waiting]);
	});

	it('holds mails back for the rest of the hour although one that was under way is sent', async () => {
		app = await openApp(storage.connectionString, { ...workingSettings, EMAIL_MAX_PER_HOUR: '1' });
		const [first, heldBack, waiting] = [await app.post(), await app.post(), await app.post()];
		await app.hearBells();
		app.behaviour.email = async () => {
			await app.deliver(heldBack);
			return delivered;
		};
		await app.deliver(first);
		expect(await stateOf(first)).toMatchObject({ email: 'delivered' });
		await app.deliver(waiting);
		expect(app.calls.filter(({ destination }) => destination === 'email')).toHaveLength(1);
		expect(await app.hearBells()).toEqual([]);
		expect(await (await app.services.journal()).readCooldown('email', AbortSignal.timeout(20_000))).toMatchObject({
			cooldown: { why: 'heldBack' },
		});
	});

	it('cools down for the rest of the hour when the mails of an hour are used up', async () => {
		app = await openApp(storage.connectionString, { ...workingSettings, EMAIL_MAX_PER_HOUR: '2' });
		const leads = [await app.post(), await app.post(), await app.post(), await app.post()];
		for (const leadId of leads) await app.deliver(leadId);
		expect(app.calls.filter(({ destination }) => destination === 'email')).toHaveLength(2);
		expect(app.events('delivery.heldBack')).toHaveLength(1);
		app.now += 60 * minute;
		await app.deliver(leads[2] ?? '');
		expect(await stateOf(leads[2] ?? '')).toMatchObject({ email: 'delivered' });
	});
});
