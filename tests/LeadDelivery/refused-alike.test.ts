import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createCooldowns } from '../../LeadDelivery/cooldowns.ts';
import { deliverLead } from '../../LeadDelivery/deliver-lead.ts';
import type { Outcome } from '../../shared/delivery/outcome.ts';
import { closeLead } from '../../shared/operate/close-lead.ts';
import { replayLead } from '../../shared/operate/replay-lead.ts';
import { type App, delivered, openApp } from '../support/app.ts';
import { startTestStorage, type TestStorage } from '../support/storage.ts';

const second = 1000;
const minute = 60 * second;
const code = '400 0x80041234';
const refused: Outcome = { kind: 'permanent', code, reason: 'nobody gets in', remedy: 'look at it', smallest: true };

let storage: TestStorage;
let app: App;

beforeAll(async () => {
	storage = await startTestStorage();
}, 30_000);
afterAll(() => storage.stop());
beforeEach(async () => {
	app = await openApp(storage.connectionString);
});

const post = async (many: number) => {
	const leads: string[] = [];
	for (let index = 0; index < many; index++) {
		leads.push(await app.post());
		app.now += 10;
	}
	await app.hearBells();
	return leads;
};
const deliverInTurn = async (leads: string[]) => {
	for (const leadId of leads) await app.deliver(leadId);
};
const statesOf = async (leads: string[]) =>
	Promise.all(leads.map(async (leadId) => (await app.find(leadId))?.deliveries.crm?.state ?? 'none'));
const cooldownOf = async () => (await (await app.services.journal()).readCooldown('crm', AbortSignal.timeout(20_000)))?.cooldown;
const crmCalls = () => app.calls.filter(({ destination }) => destination === 'crm').map(({ request }) => request.leadId);
const all = (many: number, state: string) => Array.from({ length: many }, () => state);
/** Delivers what rings, until nothing does. */
const listen = async () => {
	for (let heard = await app.hearBells(); heard.length > 0; heard = await app.hearBells()) await deliverInTurn(heard);
};

describe('when every lead is refused alike', () => {
	beforeEach(() => {
		app.behaviour.crm = () => refused;
	});

	it('none stays parked, the destination cools down, and all are delivered when it is repaired', async () => {
		const leads = await post(5);
		await deliverInTurn(leads.slice(0, 2));
		expect(await statesOf(leads)).toEqual(['parked', 'parked', 'pending', 'pending', 'pending']);
		await deliverInTurn(leads.slice(2));
		expect(await statesOf(leads)).toEqual(all(5, 'pending'));
		expect(crmCalls()).toEqual(leads.slice(0, 3));
		expect(await cooldownOf()).toMatchObject({ why: 'refused', code, until: app.now + minute });
		expect(app.events('delivery.resumed').map(({ leadId }) => leadId)).toEqual(leads.slice(0, 2));
		expect(app.events('delivery.misconfigured')).toMatchObject([
			{ level: 'error', destination: 'crm', outcome: 'configuration', code, names: [`refusal of every lead with ${code}`] },
		]);
		expect((await app.find(leads[2] ?? ''))?.deliveries.crm).toMatchObject({
			attempts: 1,
			spent: 0,
			recent: [{ outcome: 'configuration', reason: expect.stringContaining('nobody gets in') }],
		});

		app.behaviour.crm = () => delivered;
		app.now += minute;
		await app.deliver(leads[2] ?? '');
		await listen();
		expect(await statesOf(leads)).toEqual(all(5, 'delivered'));
		expect(await cooldownOf()).toBeUndefined();
	});

	it('none stays parked when many are refused at the same moment, by several workers', async () => {
		const leads = await post(8);
		const other = { ...app.deliveryDeps, cooldowns: createCooldowns(app.services) };
		await Promise.all(leads.map((leadId, index) => (index % 2 ? app.deliver(leadId) : deliverLead(leadId, other))));
		expect(await statesOf(leads)).toEqual(all(8, 'pending'));
		app.behaviour.crm = () => delivered;
		app.now += minute;
		await deliverInTurn(leads);
		await listen();
		expect(await statesOf(leads)).toEqual(all(8, 'delivered'));
	}, 30_000);

	it('a lead that is parked after the others were seen to sees to itself', async () => {
		const [late = '', ...others] = await post(3);
		const journal = await app.services.journal();
		const slow = {
			...journal,
			move: (async (lead, moves, ...rest) => {
				if (moves.some(({ to }) => to.state === 'parked')) await deliverInTurn(others);
				return journal.move(lead, moves, ...rest);
			}) as typeof journal.move,
		};
		await deliverLead(late, { ...app.deliveryDeps, journal: async () => slow });
		expect(await statesOf([late, ...others])).toEqual(all(3, 'pending'));
	});

	it('what a person has closed stays closed, and what was replayed waits with the others', async () => {
		const [closed = '', replayed = '', third = ''] = await post(3);
		await deliverInTurn([closed, replayed]);
		await closeLead(closed, {}, app.services);
		await replayLead(replayed, { again: false }, app.services);
		await app.deliver(third);
		expect(await statesOf([closed, replayed, third])).toEqual(['closed', 'pending', 'pending']);
		app.behaviour.crm = () => delivered;
		app.now += minute;
		await app.deliver(third);
		await listen();
		expect(await statesOf([closed, replayed, third])).toEqual(['closed', 'delivered', 'delivered']);
	});

	it('a lead that comes meanwhile says once until when it waits and why', async () => {
		await deliverInTurn(await post(3));
		const [late = ''] = await post(1);
		await app.deliver(late);
		await app.deliver(late);
		const until = new Date((await cooldownOf())?.until ?? 0).toISOString();
		expect(app.events('delivery.postponed')).toEqual([
			{ event: 'delivery.postponed', level: 'warn', leadId: late, destination: 'crm', until, why: 'refused', code },
		]);
	});
});

describe('when it is about the leads after all', () => {
	it('one that is refused again and again is parked and holds nobody back', async () => {
		const [poison = '', good = ''] = await post(2);
		app.behaviour.crm = ({ leadId }) => (leadId === poison ? refused : delivered);
		for (let times = 0; times < 4; times++) {
			await app.deliver(poison);
			expect(await statesOf([poison])).toEqual(['parked']);
			await replayLead(poison, { again: false }, app.services);
		}
		await app.deliver(good);
		expect(await statesOf([good])).toEqual(['delivered']);
	});

	it('three in a row are parked after the first that is taken, which goes before them, and they stop nobody again', async () => {
		const poison = await post(3);
		app.behaviour.crm = ({ leadId }) => (poison.includes(leadId) ? refused : delivered);
		await deliverInTurn(poison);
		const [good = ''] = await post(1);
		await app.deliver(good);
		expect(await statesOf([...poison, good])).toEqual(all(4, 'pending'));
		app.now += minute;
		// The bell of the lead that would probe: it lets the other go first.
		await app.deliver(poison[2] ?? '');
		expect(crmCalls()).toHaveLength(3);
		await listen();
		expect(await statesOf([...poison, good])).toEqual(['parked', 'parked', 'parked', 'delivered']);
		expect(crmCalls()).toEqual([...poison, good, ...poison]);
		expect(await cooldownOf()).toBeUndefined();
		expect(app.events('delivery.resumed')).toHaveLength(2);
	});

	it('leads that are refused with different codes are parked', async () => {
		const leads = await post(4);
		app.behaviour.crm = ({ leadId }) => ({ ...(refused as object), code: `400 0x8004000${leads.indexOf(leadId)}` }) as Outcome;
		await deliverInTurn(leads);
		expect(await statesOf(leads)).toEqual(all(4, 'parked'));
	});

	it('leads with one between them that is delivered are parked', async () => {
		const leads = await post(5);
		app.behaviour.crm = ({ leadId }) => (leadId === leads[2] ? delivered : refused);
		await deliverInTurn(leads);
		expect(await statesOf(leads)).toEqual(['parked', 'parked', 'delivered', 'parked', 'parked']);
	});
});

describe('the same for mails', () => {
	it('none stays parked', async () => {
		app.behaviour.email = () => refused;
		const leads = await post(3);
		await deliverInTurn(leads);
		const found = await Promise.all(leads.map((leadId) => app.find(leadId)));
		expect(found.map((lead) => lead?.deliveries.email?.state)).toEqual(all(3, 'pending'));
		app.behaviour.email = () => delivered;
		app.now += minute;
		await app.deliver(leads[2] ?? '');
		await listen();
		expect((await app.find(leads[0] ?? ''))?.deliveries.email?.state).toBe('delivered');
	});
});
