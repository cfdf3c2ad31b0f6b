import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newLeadId } from '../../../shared/lead/lead-id.ts';
import { leadIdsOfBell, mostLeadsOfBell } from '../../../shared/queues/bell.ts';
import { ringOn } from '../../../shared/queues/ring-on.ts';
import { propertyRuns } from '../../support/property-runs.ts';

const lost = new Error('the connection was closed half-way');
const over = new Error('its time is over');
const receipt = { messageId: 'm', popReceipt: 'p' };

interface Sent {
	leadIds: string[];
	hiddenS: number | undefined;
	signal: AbortSignal;
	/** Answers; nothing happens when it has ended before. */
	end: (how: 'well' | 'lost') => void;
}

/** A queue whose messages are sent when a test says so. */
function queueOfTests() {
	const sent: Sent[] = [];
	const open = new Set<Sent>();
	const queue = {
		send: (text: string, { hiddenS }: { hiddenS?: number }, signal: AbortSignal) =>
			new Promise<typeof receipt>((resolve, reject) => {
				const message: Sent = {
					leadIds: leadIdsOfBell(Buffer.from(text, 'base64').toString()),
					hiddenS,
					signal,
					end: (how) => {
						open.delete(message);
						if (how === 'well') resolve(receipt);
						else reject(lost);
					},
				};
				signal.addEventListener('abort', () => {
					open.delete(message);
					reject(signal.reason);
				});
				sent.push(message);
				open.add(message);
			}),
		make: async () => 'was there' as const,
	};
	return { queue, sent, open };
}

/** Lets whoever waits for what has happened go on: what waits for a turn of the event loop, too. */
const turn = async () => {
	for (let turns = 0; turns < 2; turns++) await new Promise(setImmediate);
};
/** Never over in a test. */
const longMs = 3_600_000;
const ids = (count: number) => Array.from({ length: count }, () => newLeadId(1_790_000_000_000));
const never = () => new AbortController().signal;

describe('ringing', () => {
	it('sends the bell of a lead that is alone at once, in the form that every version reads', async () => {
		const { queue, sent } = queueOfTests();
		const texts: string[] = [];
		const ring = ringOn({ ...queue, send: (text, ...rest) => queue.send(texts[texts.push(text) - 1] ?? '', ...rest) });
		const [leadId = ''] = ids(1);
		const rung = ring(leadId, { signal: never() });
		await turn();
		sent[0]?.end('well');
		await rung;
		expect(Buffer.from(texts[0] ?? '', 'base64').toString()).toBe(JSON.stringify({ bell: { v: 1, leadId } }));
	});

	it('puts leads that are rung while a message is in progress into the next, 16 at most', async () => {
		const { queue, sent } = queueOfTests();
		const ring = ringOn(queue, { patienceMs: longMs });
		const [first = '', ...others] = ids(34);
		const all = [ring(first, { signal: never() })];
		await turn();
		all.push(...others.map((leadId) => ring(leadId, { signal: never() })));
		for (let at = 0; at < 4; at++) {
			await turn();
			expect(sent).toHaveLength(at + 1);
			sent[at]?.end('well');
		}
		await Promise.all(all);
		expect(sent.map(({ leadIds }) => leadIds)).toEqual([[first], others.slice(0, 16), others.slice(16, 32), others.slice(32)]);
	});

	it('puts leads that are rung at the same moment into one message', async () => {
		const { queue, sent } = queueOfTests();
		const ring = ringOn(queue);
		const leads = ids(5);
		const all = leads.map((leadId) => ring(leadId, { signal: never() }));
		await turn();
		sent[0]?.end('well');
		await Promise.all(all);
		expect(sent.map(({ leadIds }) => leadIds)).toEqual([leads]);
	});

	it('does not wait for a message that takes long', async () => {
		const { queue, sent } = queueOfTests();
		const ring = ringOn(queue, { patienceMs: 1 });
		const [first = '', second = ''] = ids(2);
		const leaves = new AbortController();
		const hangs = ring(first, { signal: leaves.signal });
		await turn();
		const rung = ring(second, { signal: never() });
		while (sent.length < 2) await turn();
		sent[1]?.end('well');
		await rung;
		leaves.abort(over);
		await expect(hangs).rejects.toBe(over);
	});

	it('gives a bell with a delay a message of its own', async () => {
		const { queue, sent } = queueOfTests();
		const ring = ringOn(queue, { patienceMs: longMs });
		const leads = ids(3);
		const all = leads.map((leadId, index) => ring(leadId, { delayMs: index * 1000, signal: never() }));
		await turn();
		for (const message of [...sent]) message.end('well');
		await Promise.all(all);
		expect(sent.map(({ leadIds, hiddenS }) => [leadIds, hiddenS]).sort(([, one], [, other]) => Number(one) - Number(other))).toEqual(
			leads.map((leadId, index) => [[leadId], index]),
		);
	});

	it('sends nothing for a lead whose time is over', async () => {
		const { queue, sent } = queueOfTests();
		await expect(ringOn(queue)(ids(1)[0] ?? '', { signal: AbortSignal.abort(over) })).rejects.toBe(over);
		await turn();
		expect(sent).toEqual([]);
	});

	it('whatever happens, each lead is told what became of a message that names it, or that its time is over; and none waits for ever', async () => {
		const step = fc.oneof(
			{ weight: 4, arbitrary: fc.record({ kind: fc.constant('ring' as const), leads: fc.integer({ min: 1, max: 20 }) }) },
			{ weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('well' as const, 'lost' as const), which: fc.nat(9) }) },
			{ weight: 1, arbitrary: fc.record({ kind: fc.constant('leave' as const), which: fc.nat(99) }) },
			{ weight: 2, arbitrary: fc.record({ kind: fc.constant('turn' as const) }) },
		);
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
				const { queue, sent, open } = queueOfTests();
				const ring = ringOn(queue, { patienceMs: longMs });
				const rings: { leadId: string; controller: AbortController; end?: string }[] = [];
				const waits: Promise<void>[] = [];
				const endOf = new Map<Sent, string>();
				for (const one of steps) {
					if (one.kind === 'ring')
						for (const leadId of ids(one.leads)) {
							const rung: (typeof rings)[number] = { leadId, controller: new AbortController() };
							rings.push(rung);
							const note = (end: string) => {
								rung.end = end;
							};
							const noteError = (error: unknown) => note(error === over ? 'over' : error === lost ? 'lost' : String(error));
							waits.push(ring(leadId, { signal: rung.controller.signal }).then(() => note('well'), noteError));
						}
					else if (one.kind === 'leave') rings[one.which % Math.max(1, rings.length)]?.controller.abort(over);
					else if (one.kind === 'turn') await turn();
					else {
						const message = [...open][one.which % Math.max(1, open.size)];
						if (message) endOf.set(message, one.kind);
						message?.end(one.kind);
					}
					expect(open.size).toBeLessThanOrEqual(1);
				}
				for (;;) {
					await turn();
					if (open.size === 0) break;
					for (const message of open) {
						endOf.set(message, 'well');
						message.end('well');
					}
				}
				await Promise.all(waits);
				for (const message of sent) expect(message.leadIds.length).toBeLessThanOrEqual(mostLeadsOfBell);
				for (const { leadId, controller, end } of rings) {
					const naming = sent.filter(({ leadIds }) => leadIds.includes(leadId));
					expect(naming.length).toBeLessThanOrEqual(1);
					if (end === 'over') expect(controller.signal.aborted).toBe(true);
					else expect(naming.map((message) => endOf.get(message))).toEqual([end]);
				}
				// What someone waited for was not given up.
				for (const message of sent)
					if (message.signal.aborted)
						expect(rings.filter(({ leadId }) => message.leadIds.includes(leadId)).map(({ end }) => end)).toEqual(
							message.leadIds.map(() => 'over'),
						);
			}),
			propertyRuns,
		);
	});
});
