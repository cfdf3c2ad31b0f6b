import { afterEach, describe, expect, it } from '@jest/globals';
import { type SimulatedApp, simulateApp } from '../support/simulation/simulate-app.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

let app: SimulatedApp;
afterEach(() => app.close());

/** The time that a mailbox takes for so many mails at least: thirty in any minute. */
const leastMs = (mails: number) => Math.floor((mails - 1) / 30) * minute;
type Line = SimulatedApp['lines'][number];
const isAttempt = (line: Line, destination: 'email' | 'crm', since: number) =>
	line.event === 'delivery.attempted' && line.destination === destination && line.at >= since;
const isDelivery = (line: Line, destination: 'email' | 'crm', since: number) =>
	isAttempt(line, destination, since) && line.outcome === 'delivered';
const attempts = (destination: 'email' | 'crm', since = 0) => app.lines.filter((line) => isAttempt(line, destination, since));
const delivered = (destination: 'email' | 'crm', since = 0) => app.lines.filter((line) => isDelivery(line, destination, since));

/** Whether so many are delivered by now: asked at every moment of simulated time, it looks at each line once. */
function haveArrived(number: number, destination: 'email' | 'crm', since = 0): () => boolean {
	let looked = 0;
	let arrived = 0;
	return () => {
		for (const line of app.lines.slice(looked)) if (isDelivery(line, destination, since)) arrived++;
		looked = app.lines.length;
		return arrived >= number;
	};
}
const refusedShare = (since: number) => 1 - delivered('email', since).length / attempts('email', since).length;

/** So many leads, and hours of 500s, time-outs and 503s in turn; then everything works. When that is, and whose mail may have been sent. */
async function outage(leads: number, hours: number): Promise<{ waiting: string[]; back: number; maybeSent: Set<string> }> {
	const waiting: string[] = [];
	await app.setFault({ status: 503 });
	for (let index = 0; index < leads; index++) waiting.push(await app.post());
	for (let passed = 0; passed < hours; passed++) {
		await app.setFault([{ status: 500 }, { kind: 'slow', seconds: 120 }, { status: 503 }][passed % 3]);
		await app.time.pass(hour);
	}
	const maybeSent = attempts('email').filter(({ code }) => /^500|TimeoutError/.test(String(code)));
	await app.setFault();
	return { waiting, back: app.time.now(), maybeSent: new Set(maybeSent.map(({ leadId }) => String(leadId))) };
}

/** Posts so many leads, one after the other; how long their mails took. */
async function postMeanwhile(count: number, everyMs: number): Promise<() => Promise<number[]>> {
	const posted = new Map<string, number>();
	for (let index = 0; index < count; index++) {
		posted.set(await app.post(), app.time.now());
		await app.time.pass(everyMs);
	}
	return async () => {
		const mails = await app.mails();
		return [...posted].map(([leadId, at]) => (mails.find((mail) => mail.leadId === leadId)?.at ?? Number.NaN) - at);
	};
}

describe('leads that waited while neither the mailbox nor the CRM worked', () => {
	it('cost few calls in a day, 500 of them, and arrive at the pace of the mailbox, while new leads wait for nobody', async () => {
		app = await simulateApp({ instances: 3 });
		const { waiting, back, maybeSent } = await outage(500, 24);
		expect(attempts('email').length + attempts('crm').length).toBeLessThanOrEqual(500);
		expect(app.lines.filter(({ event }) => event === 'delivery.parked')).toEqual([]);

		const arrived = [haveArrived(1, 'email', back), haveArrived(1, 'crm', back)];
		await app.time.passUntil(() => arrived.every((holds) => holds()));
		const begun = app.time.now();
		const tookMs = await postMeanwhile(24, 45 * second);
		// A mail that may have been sent follows its slow schedule, at whatever pace the others come.
		await app.time.pass(12 * hour);
		const mails = (await app.mails()).filter(({ at }) => at >= back);
		expect(new Set(mails.map(({ leadId }) => leadId)).size).toBe(mails.length);
		expect(mails).toHaveLength(500 + 24);
		expect(await app.records()).toHaveLength(500 + 24);

		const surelyWaiting = new Set(waiting.filter((leadId) => !maybeSent.has(leadId)));
		const last = Math.max(...mails.filter(({ leadId }) => surelyWaiting.has(leadId)).map(({ at }) => at));
		expect(last - begun).toBeLessThanOrEqual(1.3 * leastMs(surelyWaiting.size + 24));
		expect(refusedShare(begun)).toBeLessThan(0.05);
		expect(Math.max(...(await tookMs()))).toBeLessThan(5 * second);
	}, 60_000);

	it('do not starve new leads that come faster than the mailbox can take both', async () => {
		app = await simulateApp({ instances: 2 });
		const { back } = await outage(250, 3);
		await app.time.passUntil(haveArrived(1, 'email', back));
		const tookMs = await postMeanwhile(60, 10 * second);
		await app.time.pass(15 * minute);
		const took = (await tookMs()).sort((one, other) => one - other);
		expect(took[Math.floor(0.9 * took.length)]).toBeLessThan(minute);
		// The worst is a lost bell: the sweep rings every five minutes, for what is a minute late.
		expect(took.at(-1)).toBeLessThan(7 * minute);
	}, 60_000);
});

describe('170 leads at once', () => {
	it('are mailed at the pace of the mailbox by four instances, with few refused calls', async () => {
		app = await simulateApp({ instances: 4 });
		const begun = app.time.now();
		await app.setFault();
		for (let index = 0; index < 170; index++) await app.post();
		await app.time.passUntil(haveArrived(170, 'email'));
		expect(app.time.now() - begun).toBeLessThanOrEqual(1.3 * leastMs(170));
		expect(refusedShare(begun)).toBeLessThan(0.1);
		expect(await app.mails()).toHaveLength(170);
	});
});
