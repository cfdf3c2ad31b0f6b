import { describe, expect, it } from '@jest/globals';
import { type Delivery, newDelivery } from '../../../shared/delivery/delivery.ts';
import type { DestinationName } from '../../../shared/delivery/destination.ts';
import { destinationKinds } from '../../../shared/destinations/destination-kinds.ts';
import { ringDue } from '../../../shared/queues/ring-due.ts';

const now = 1_790_000_000_000;
const minute = 60_000;
const day = 24 * 60 * minute;
/** Twenty-five mails a minute. */
const paceMs = 2400;

interface Waiting {
	id: string;
	destination?: DestinationName;
	due?: number;
	receivedAt?: number;
}

/** A journal in which these deliveries are pending, and so many bells that wait already. */
function withDue(waiting: Waiting[], { bells = 0, lost = [] as string[] } = {}) {
	const rung: [leadId: string, delayMs: number][] = [];
	const tickets = waiting
		.map(({ id, destination = 'email' as const, due = now - day, receivedAt = now - day }) => ({ id, destination, time: due, receivedAt }))
		.sort((one, other) => one.time - other.time);
	const dueOf = (id: string) =>
		Object.fromEntries(tickets.flatMap((ticket) => (ticket.id === id ? [[ticket.destination, ticket.time]] : [])));
	const journal = {
		tickets: async (list: string, { after = -1, until, most }: { after?: number; until: number; most: number }) =>
			tickets.filter(({ destination, time }) => destination === list && time > after && time <= until).slice(0, most),
		find: async (id: string) => ({
			leadId: id,
			deliveries: Object.fromEntries(Object.entries(dueOf(id)).map(([name, due]) => [name, newDelivery(Number(due))])),
		}),
		move: async ({ leadId }: { leadId: string }, [step]: { destination: DestinationName; to: Delivery }[]) => {
			if (lost.includes(leadId)) return 'lost';
			for (const ticket of tickets) if (ticket.id === leadId && ticket.destination === step?.destination) ticket.time = step.to.due;
			return 'moved';
		},
	};
	const services = {
		settings: { retryFirstMs: 30_000, kinds: destinationKinds },
		clock: () => now,
		journal: async () => journal,
		bell:
			async () =>
			async (leadId: string, { delayMs = 0 }) =>
				void rung.push([leadId, delayMs]),
		queue: async () => ({ count: async () => bells }),
		deadline: () => new AbortController().signal,
	};
	return { rung, dueOf, services: services as never };
}

const many = (count: number, more: Partial<Waiting> = {}): Waiting[] =>
	Array.from({ length: count }, (_, index) => ({ id: `lead${index}`, due: now - day + index, ...more }));
const inOrder = (rung: [leadId: string, delayMs: number][]) => rung.toSorted(([, one], [, other]) => one - other);

describe('ringing for what is due', () => {
	it('holds up no lead behind one that cannot be read', async () => {
		const { rung, services } = withDue(many(9));
		const { journal, ...others } = services as { journal: () => Promise<{ find: (id: string) => Promise<unknown> }> };
		const broken = { ...(await journal()) };
		const { find } = broken;
		broken.find = async (id) => (id === 'lead1' ? Promise.reject(new SyntaxError('no row')) : find(id));
		await expect(ringDue(['email'], now, { ...others, journal: async () => broken } as never)).rejects.toThrow('no row');
		expect(rung.map(([id]) => id).sort()).toEqual(many(9).flatMap(({ id }) => (id === 'lead1' ? [] : id)));
	});

	it.each([
		[0, 500],
		[400, 100],
		[500, 0],
		[7500, 0],
	])('with %d bells waiting rings %d more, so that bells never multiply', async (bells, expected) => {
		const { rung, services } = withDue(many(1000, { destination: 'crm' }), { bells });
		expect(await ringDue(['crm'], now, services)).toBe(expected);
		expect(rung).toEqual(Array.from({ length: expected }, (_, index) => [`lead${index}`, 0]));
	});
});

describe('ringing for mails that have waited', () => {
	it('gives each its turn, at the pace of the mailbox, by moving its due time', async () => {
		const { rung, services, dueOf } = withDue(many(6));
		expect(await ringDue(['email'], now, services)).toBe(6);
		expect(inOrder(rung).slice(0, 3)).toEqual([
			['lead0', paceMs],
			['lead1', 2 * paceMs],
			['lead2', 3 * paceMs],
		]);
		expect(['lead0', 'lead2'].map(dueOf)).toEqual([{ email: now + paceMs }, { email: now + 3 * paceMs }]);
	});

	it('gives no more turns than come before the next sweep, and none that are taken', async () => {
		const { rung, services } = withDue(many(500));
		expect(await ringDue(['email'], now, services)).toBe(125);
		expect(Math.max(...rung.map(([, delayMs]) => delayMs))).toBe(5 * minute);
		expect(await ringDue(['email'], now, services)).toBe(0);
	});

	it('leaves their turns to those that are due soon, and makes up for it where more is due than the mailbox takes', async () => {
		const dueSoon = [2, 3, 3, 3].map((steps, index) => ({ id: `retried${index}`, due: now + steps * paceMs }));
		const { rung, services } = withDue([...many(3), ...dueSoon, { id: 'later', due: now + 6 * minute }]);
		await ringDue(['email'], now, services);
		expect(inOrder(rung)).toEqual([
			['lead0', paceMs],
			['lead1', 6 * paceMs],
			['lead2', 7 * paceMs],
		]);
	});

	it('puts a lead that came lately before those of a long outage', async () => {
		const { rung, services } = withDue([...many(5), { id: 'new', due: now - 1000, receivedAt: now - minute }]);
		await ringDue(['email'], now, services);
		expect(inOrder(rung).map(([leadId]) => leadId)).toEqual(['new', 'lead0', 'lead1', 'lead2', 'lead3', 'lead4']);
	});

	it('rings the one that probes at once, although all turns are taken', async () => {
		const { rung, services } = withDue([{ id: 'probe' }, ...many(200, { due: now + minute })]);
		expect(await ringDue(['email'], now - minute, services, { most: 1, atOnce: 1 })).toBe(1);
		expect(rung).toEqual([['probe', 0]]);
	});

	it('does not ring for one that somebody else was faster to move', async () => {
		const { rung, services } = withDue(many(6), { lost: ['lead1'] });
		expect(await ringDue(['email'], now, services)).toBe(5);
		expect(inOrder(rung).map(([leadId]) => leadId)).not.toContain('lead1');
	});

	it('moves a mail to its turn before a bell for the lead’s record can find it due', async () => {
		const both = many(6).flatMap(({ id }) => [{ id }, { id, destination: 'crm' as const }]);
		const { rung, services, dueOf } = withDue(both);
		expect(await ringDue(['email', 'crm'], now, services)).toBe(6);
		expect(rung.slice(0, 6).map(([, delayMs]) => delayMs)).toEqual([1, 2, 3, 4, 5, 6].map((turn) => turn * paceMs));
		expect(rung.slice(6)).toEqual(many(6).map(({ id }) => [id, 0]));
		expect(dueOf('lead1')).toEqual({ email: now + 2 * paceMs, crm: now - day });
	});

	it('rings for a few at once, as the mailbox has room for them', async () => {
		const { rung, services, dueOf } = withDue(many(5));
		await ringDue(['email'], now, services);
		expect(rung).toEqual(many(5).map(({ id }) => [id, 0]));
		expect(dueOf('lead4')).toEqual({ email: now - day + 4 });
	});

	it('lets the first wait for no turn when that is wanted', async () => {
		const { rung, services, dueOf } = withDue(many(6));
		expect(await ringDue(['email'], now, services, { atOnce: 1 })).toBe(6);
		expect(inOrder(rung).slice(0, 2)).toEqual([
			['lead0', 0],
			['lead1', 2 * paceMs],
		]);
		expect(dueOf('lead0')).toEqual({ email: now - day });
	});

	it('goes by DELIVERY_RETRY_FIRST, as all waiting does', async () => {
		const { rung, services } = withDue(many(30));
		await ringDue(['email'], now, { ...(services as object), settings: { retryFirstMs: 1000, kinds: destinationKinds } } as never);
		expect(Math.max(...rung.map(([, delayMs]) => delayMs))).toBe(30 * 80);
	});
});
