import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { lookAtPoison } from '../../LeadSweep/look-at-poison.ts';
import { ringOverdue } from '../../LeadSweep/ring-overdue.ts';
import { poisonQueue, toBell } from '../../shared/queues/bell.ts';
import { sendMessage } from '../../shared/storage/messages.ts';
import { type App, openApp, unavailable } from '../support/app.ts';
import { startTestStorage, type TestStorage } from '../support/storage.ts';

const minute = 60_000;

let storage: TestStorage;
let app: App;

beforeAll(async () => {
	storage = await startTestStorage();
});
afterAll(() => storage.stop());
beforeEach(async () => {
	app = await openApp(storage.connectionString);
});

/** What the host does with a bell whose every look fails. */
const poison = async (...leadIds: string[]) =>
	sendMessage(await app.services.queue(poisonQueue), toBell(leadIds), { signal: AbortSignal.timeout(20_000) });
const taken = () => app.events('poison.taken').map(({ bell, why }) => [bell, why]);

describe('a poison message', () => {
	it('does not multiply bells, sweep by sweep, for a lead that cannot be looked at, and others are rung', async () => {
		const bad = await app.post();
		const others: string[] = [];
		const find = async (leadId: string, signal: AbortSignal) => {
			if (leadId === bad) throw new Error('no row of ours');
			return (await app.services.journal()).find(leadId, signal);
		};
		const sweepDeps = { ...app.sweepDeps, journal: async () => ({ ...(await app.services.journal()), find }) };
		const bells: number[] = [];
		for (let sweeps = 0; sweeps < 8; sweeps++) {
			others.push(await app.post());
			const rung = await app.hearBells();
			for (const leadId of rung.filter((id) => id === bad)) await poison(leadId);
			app.now += 5 * minute;
			await lookAtPoison(sweepDeps);
			await ringOverdue(sweepDeps);
			const heard = await app.hearBells();
			bells.push(heard.filter((id) => id === bad).length);
			for (const leadId of heard)
				if (leadId === bad) await poison(leadId);
				else await app.deliver(leadId);
		}
		expect(bells).toEqual(Array(8).fill(1));
		const states = await Promise.all(others.map(async (leadId) => (await app.find(leadId))?.deliveries.email?.state));
		expect(states).toEqual(Array(8).fill('delivered'));
	});

	it('rings once a run for a lead that is due, and leaves one that is overdue to the sweep’s own ringing', async () => {
		const leadId = await app.post();
		await app.hearBells();
		await poison(leadId);
		await poison(leadId);
		await lookAtPoison(app.sweepDeps);
		expect(await app.hearBells()).toEqual([leadId]);
		expect(taken().sort()).toEqual([
			['none', 'seen in this run'],
			['rung', undefined],
		]);
		app.now += minute;
		await poison(leadId);
		await lookAtPoison(app.sweepDeps);
		expect(taken().at(-1)).toEqual(['none', 'overdue']);
		expect(await app.hearBells()).toEqual([]);
		await ringOverdue(app.sweepDeps);
		expect(await app.hearBells()).toEqual([leadId]);
	});

	it('is looked at as a bell: nothing is rung for what waits, has ended or is unknown', async () => {
		app.behaviour = { email: () => unavailable, crm: () => unavailable };
		const waiting = await app.post();
		await app.deliver(waiting);
		await app.hearBells();
		await poison(waiting);
		await lookAtPoison(app.sweepDeps);
		await poison('01a0b0c0-d0e0-7000-8000-000000000001');
		await lookAtPoison(app.sweepDeps);
		expect(taken()).toEqual([
			['none', 'not due'],
			['none', 'unknown lead'],
		]);
		expect(await app.hearBells()).toEqual([]);
	});

	it('of several leads is looked at for each of them, once a run', async () => {
		const leadIds = [await app.post(), await app.post(), await app.post()];
		await app.hearBells();
		await app.deliver(leadIds[1] ?? '');
		await poison(...leadIds);
		await poison(leadIds[0] ?? '');
		await lookAtPoison(app.sweepDeps);
		expect(await app.hearBells()).toEqual([leadIds[0], leadIds[2]]);
		const lines = app.events('poison.taken').map(({ leadId, bell, why }) => [leadIds.indexOf(String(leadId)), bell, why]);
		expect(lines.sort()).toEqual([
			[0, 'none', 'seen in this run'],
			[0, 'rung', undefined],
			[1, 'none', 'not due'],
			[2, 'rung', undefined],
		]);
		expect(await (await app.services.queue(poisonQueue)).count(AbortSignal.timeout(20_000))).toBe(0);
	});

	it('says why it could not ring', async () => {
		await poison(await app.post());
		const bell = async () => Promise.reject(Object.assign(new Error('no'), { statusCode: 403 }));
		await lookAtPoison({ ...app.sweepDeps, bell });
		expect(taken()).toEqual([['403 Error', undefined]]);
	});
});
