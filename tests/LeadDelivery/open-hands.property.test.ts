import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openHands } from '../../LeadDelivery/open-hands.ts';
import { propertyRuns } from '../support/property-runs.ts';

interface Asked {
	number: number;
	end?: (how: 'well' | 'badly') => void;
	answer?: string;
	patience: AbortController;
}

it('hands hold so many at once, first come, first served; who loses patience was never begun; a failure frees its hand', async () => {
	const step = fc.record({ kind: fc.constantFrom('ask', 'ask', 'well', 'badly', 'leave'), which: fc.nat(30) });
	await fc.assert(
		fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 60 }), async (most, steps) => {
			const takeInHand = openHands(most);
			const all: Asked[] = [];
			const begun: number[] = [];
			const waits: Promise<void>[] = [];
			const inHand = () => all.filter(({ end, answer }) => end && answer === undefined);
			const tick = () => new Promise(setImmediate);
			const pick = (of: Asked[], which: number) => of[which % Math.max(1, of.length)];
			for (const { kind, which } of steps) {
				if (kind === 'ask') {
					const asked: Asked = { number: all.length, patience: new AbortController() };
					all.push(asked);
					const run = () =>
						new Promise<void>((resolve, reject) => {
							begun.push(asked.number);
							asked.end = (how) => (how === 'well' ? resolve() : reject(new Error('no')));
						});
					const note = (answer: unknown) => {
						asked.answer = String(answer);
					};
					waits.push(takeInHand(run, asked.patience.signal).then(note, note));
				} else if (kind === 'leave') pick(all, which)?.patience.abort();
				else pick(inHand(), which)?.end?.(kind as 'well');
				await tick();
				expect(inHand().length).toBeLessThanOrEqual(most);
				const waiting = all.filter(({ end, answer }) => !end && answer === undefined);
				if (waiting.length > 0) expect(inHand()).toHaveLength(most);
			}
			for (let left = inHand(); left.length > 0; left = inHand()) {
				for (const { end } of left) end?.('well');
				await tick();
			}
			await Promise.all(waits);
			expect(begun).toEqual(begun.toSorted((one, other) => one - other));
			for (const { end, answer } of all) expect(answer === 'false').toBe(end === undefined);
		}),
		propertyRuns,
	);
});
