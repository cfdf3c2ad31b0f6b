import { describe, expect, it } from '@jest/globals';
import { mostBytes, readBody } from '../../LeadIntake/read-body.ts';

async function* chunksOf(...sizes: number[]) {
	for (const size of sizes) yield new Uint8Array(size);
}

describe('reading a body', () => {
	it('takes what comes in however many chunks', async () => {
		expect(await readBody(chunksOf(10, 0, 5))).toMatchObject({ bytes: { length: 15 }, truncated: false });
		expect(await readBody(chunksOf(mostBytes))).toMatchObject({ bytes: { length: mostBytes }, truncated: false });
		expect(await readBody(null)).toMatchObject({ bytes: { length: 0 }, truncated: false });
	});

	it('keeps 32 KiB, forgets what follows, and does not read for ever', async () => {
		let asked = 0;
		async function* endless() {
			for (;;) {
				asked++;
				yield new Uint8Array(1_000_000);
			}
		}
		expect(await readBody(chunksOf(mostBytes, 200_000))).toMatchObject({ bytes: { length: mostBytes }, truncated: true });
		expect(await readBody(endless())).toMatchObject({ bytes: { length: mostBytes }, truncated: true });
		expect(asked).toBe(17);
	});

	it('gives what came before the sender went away', async () => {
		async function* cutOff() {
			yield new Uint8Array(7);
			throw new Error('aborted');
		}
		expect(await readBody(cutOff())).toMatchObject({ bytes: { length: 7 }, truncated: false });
	});
});
