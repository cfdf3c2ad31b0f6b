import { describe, expect, it } from '@jest/globals';
import { takeTurns } from '../../../../shared/destinations/email/send-mail.ts';

const never = () => new AbortController().signal;

describe('taking turns', () => {
	it('runs one after the other, in the order they came, also after one has failed', async () => {
		const inTurn = takeTurns();
		const seen: string[] = [];
		const run = (name: string) => async () => {
			seen.push(`${name} begins`);
			await Promise.resolve();
			seen.push(`${name} ends`);
			if (name === 'a') throw new Error('a fails');
			return name;
		};
		const results = await Promise.allSettled(['a', 'b', 'c'].map((name) => inTurn(run(name), never())));
		expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
		expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
	});

	it('gives up waiting with the signal, runs nothing then, and holds nobody up', async () => {
		const inTurn = takeTurns();
		let release: () => void = () => undefined;
		const first = inTurn(
			() =>
				new Promise<void>((resolve) => {
					release = resolve;
				}),
			never(),
		);
		const impatient = new AbortController();
		let ran = false;
		const second = inTurn(async () => {
			ran = true;
		}, impatient.signal);
		const third = inTurn(async () => 'third', never());
		impatient.abort(new Error('too late'));
		await expect(second).rejects.toThrow('too late');
		release();
		await first;
		expect([await third, ran]).toEqual(['third', false]);
	});
});
