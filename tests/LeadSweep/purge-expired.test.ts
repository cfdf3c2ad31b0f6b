import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { purgeExpired } from '../../LeadSweep/purge-expired.ts';
import { forgetErased } from '../../LeadSweep/sweep-journal.ts';
import type { Journal } from '../../shared/journal/journal.ts';
import { closeLead } from '../../shared/operate/close-lead.ts';
import { readSettings } from '../../shared/settings/read-settings.ts';
import { type App, openApp, workingSettings } from '../support/app.ts';
import { type JournalTable, openJournalTable } from '../support/journal-table.ts';
import { payload } from '../support/payload.ts';
import { startTestStorage, type TestStorage } from '../support/storage.ts';

const day = 86_400_000;
const signal = () => AbortSignal.timeout(20_000);
const refused = { kind: 'permanent', code: '400', reason: 'no', remedy: 'do' } as const;

let storage: TestStorage;
let app: App;
let opened: JournalTable;

beforeAll(async () => {
	storage = await startTestStorage();
}, 30_000);
afterAll(() => storage.stop());
beforeEach(() => open());

/** The app on a table that can be looked at. */
async function open(environment: Record<string, string> = workingSettings) {
	app = await openApp(storage.connectionString, environment);
	opened = await openJournalTable(storage.connectionString);
	const journal = async () => opened.journal;
	for (const part of [app.services, app.deliveryDeps, app.sweepDeps]) Object.assign(part, { journal });
}
const deliver = async (posted?: object) => {
	const leadId = await app.post(posted);
	await app.deliver(leadId);
	return leadId;
};
const countsOfAll = () => opened.journal.counts({ first: '2000-01-01', last: '2999-12-31' }, signal());

describe('retention', () => {
	it('purges a lead that has ended when it is over, and not a day before', async () => {
		const leadId = await deliver();
		app.now += 180 * day - 1;
		expect(await purgeExpired(app.sweepDeps)).toBe(0);
		app.now += 1;
		expect(await purgeExpired(app.sweepDeps)).toBe(1);
		expect(await app.find(leadId)).toBeUndefined();
		expect(await opened.text()).not.toMatch(/Ada|Lovelace|example\.com/);
		expect(app.events('journal.purged')).toMatchObject([{ level: 'info', leads: 1, rejected: 0 }]);
		await forgetErased(app.sweepDeps);
		expect((await opened.keys()).map((key) => key.slice(0, 2))).toEqual(['n|']);
	});

	it('keeps anonymous counts by day', async () => {
		await deliver();
		await deliver(payload({ UserDetails: { FirstName: 'MSFT_TEST' } }));
		const twice = payload({ OfferTitle: 'Twice' });
		await deliver(twice);
		await app.post(twice);
		app.behaviour.crm = () => refused;
		const closed = await deliver();
		await closeLead(closed, {}, app.services);
		await app.post(payload({ ActionCode: 'DNC' }));
		const first = new Date(app.now).toISOString().slice(0, 10);
		app.now += 181 * day;
		await purgeExpired(app.sweepDeps);
		expect(await countsOfAll()).toEqual([
			{ day: first, counts: expect.objectContaining({ received: 5, duplicates: 1, email: 4, crm: 3 }) },
		]);
	});

	it('keeps how many came by offer, country and action, and nothing that could name a person', async () => {
		await deliver(payload({ UserDetails: { Country: 'Deutschland' }, ActionCode: 'ins', OfferTitle: 'constructor' }));
		await deliver(payload({ UserDetails: { Country: 'DEU' }, ActionCode: 'Ada', OfferTitle: 'constructor', Description: 'two' }));
		await deliver(payload({ UserDetails: { Country: 'Ada Lovelace' }, OfferTitle: 'For ada@example.com' }));
		await deliver(payload({ UserDetails: { FirstName: 'MSFT_TEST' }, OfferTitle: 'Tested' }));
		const first = new Date(app.now).toISOString().slice(0, 10);
		app.now += 181 * day;
		await purgeExpired(app.sweepDeps);
		expect(await opened.journal.facetCounts({ first, last: first }, signal())).toEqual([
			{ day: first, under: { offer: { constructor: 2 }, country: { DE: 2 }, action: { INS: 2 } } },
		]);
		expect(await opened.text()).not.toMatch(/Ada|example\.com|Tested/);
	});

	it('keeps what is pending, parked or undecided, and complains in each run until it has ended', async () => {
		app.behaviour.crm = () => refused;
		const parked = await deliver();
		app.behaviour.email = () => ({ kind: 'configuration', code: '403', reason: 'no', remedy: 'do', names: ['x'] });
		app.behaviour.crm = () => ({ kind: 'delivered', proof: { id: 'proof', how: 'created' } });
		const pending = await deliver();
		Object.assign(app.services, { settings: { ...app.services.settings, destinations: [], destinationsDecided: false } });
		const undecided = await app.post();
		app.now += 181 * day;
		for (const _ of [1, 2]) expect(await purgeExpired(app.sweepDeps)).toBe(0);
		expect(app.events('retention.exceeded')).toMatchObject([
			{ level: 'error', leads: 3 },
			{ level: 'error', leads: 3 },
		]);
		for (const leadId of [parked, pending, undecided]) expect(await app.find(leadId)).toMatchObject({ leadId });
		await closeLead(parked, {}, app.services);
		expect(await purgeExpired(app.sweepDeps)).toBe(1);
		expect(app.events('retention.exceeded').at(-1)).toMatchObject({ leads: 2 });
	});

	it('purges rejected payloads, closed or not', async () => {
		const closed = await app.post([] as never);
		const unseen = await app.post([1] as never);
		const rejection = await opened.journal.findRejection(closed, signal());
		if (rejection) await opened.journal.closeRejection(rejection, { closedAt: app.now }, signal());
		app.now += 180 * day;
		expect(await purgeExpired(app.sweepDeps)).toBe(2);
		expect(await opened.journal.findRejection(unseen, signal())).toBeUndefined();
		expect(app.events('journal.purged')).toMatchObject([{ level: 'warn', rejected: 2, unseenRejected: 1 }]);
		expect((await opened.keys()).map((key) => key.slice(0, 2))).toEqual(['n|']);
	});

	it('purges nothing while its setting cannot be read: what was meant may be longer than the default', async () => {
		await open({ ...workingSettings, LEAD_RETENTION: '10 years' });
		const leadId = await deliver();
		app.now += 1000 * day;
		expect(await purgeExpired(app.sweepDeps)).toBe(0);
		const mended = { ...app.sweepDeps, settings: readSettings({ ...workingSettings, LEAD_RETENTION: 'P3650D' }) };
		expect(await purgeExpired(mended)).toBe(0);
		expect(await app.find(leadId)).toBeDefined();
	});

	it('lets the content row outlive the lead until its window has ended', async () => {
		await open({ ...workingSettings, LEAD_RETENTION: 'P1D', LEAD_DEDUPE_WINDOW: 'P10D' });
		const posted = payload({ OfferTitle: 'Twice' });
		const leadId = await deliver(posted);
		app.now += 2 * day;
		await purgeExpired(app.sweepDeps);
		await forgetErased(app.sweepDeps);
		expect(await app.post(posted)).toBe(leadId);
		app.now += 8 * day;
		await forgetErased(app.sweepDeps);
		expect((await opened.keys()).map((key) => key.slice(0, 2))).toEqual(['n|']);
		expect(await app.post(posted)).not.toBe(leadId);
	});
});

describe('a run of the purge', () => {
	/** A journal with so many expired leads, newest first; those that stay are parked. */
	function scripted(leads: { stays: boolean; breaks?: boolean }[]) {
		const rest = leads.map((lead, index) => ({ ...lead, leadId: `lead ${String(index).padStart(5, '0')}` }));
		const erased: string[] = [];
		const journal: Pick<Journal, 'leads' | 'rejections' | 'erase' | 'eraseRejections'> = {
			leads: async ({ after }, { most }) => {
				const behind = rest.filter(({ leadId }) => !erased.includes(leadId) && (after === undefined || leadId > after));
				const items = behind.slice(0, most).map(({ leadId, stays }) => ({
					leadId,
					undecided: stays,
					deliveries: {},
				})) as never;
				const next = behind[most - 1]?.leadId;
				return { items, ...(next && { next }) };
			},
			rejections: async () => ({ items: [] }),
			eraseRejections: async () => undefined,
			erase: async ({ leadId }) => {
				if (rest.find((lead) => lead.leadId === leadId)?.breaks) throw new Error('this row is broken');
				erased.push(leadId);
				return 'erased';
			},
		};
		const sweepDeps = { ...app.sweepDeps, journal: async () => journal as Journal };
		return { sweepDeps, erased };
	}
	const many = (number: number, stays: boolean) => Array.from({ length: number }, () => ({ stays }));

	it('purges 500 leads at most; the next runs go on', async () => {
		const { sweepDeps, erased } = scripted(many(1200, false));
		for (const sum of [500, 1000, 1200, 1200]) {
			await purgeExpired(sweepDeps);
			expect(erased).toHaveLength(sum);
		}
	});

	it('reaches, over runs, what lies behind thousands that must stay', async () => {
		const { sweepDeps, erased } = scripted([...many(6000, true), ...many(3, false)]);
		await purgeExpired(sweepDeps);
		expect(erased).toHaveLength(0);
		await purgeExpired(sweepDeps);
		expect(erased).toHaveLength(3);
		expect(app.events('retention.exceeded').map(({ leads }) => leads)).toEqual([5000, 1000]);
	});

	it('is not blocked by a lead that cannot be erased', async () => {
		const { sweepDeps, erased } = scripted([{ stays: false, breaks: true }, ...many(2, false)]);
		await expect(purgeExpired(sweepDeps)).rejects.toThrow('broken');
		await purgeExpired(sweepDeps);
		expect(erased).toHaveLength(2);
	});
});
