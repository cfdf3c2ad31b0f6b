import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readText } from '../../../../shared/destinations/http/answer.ts';
import { propertyRuns } from '../../../support/property-runs.ts';

const bodyOf = (...chunks: Uint8Array[]) => ({
	body: new ReadableStream<Uint8Array<ArrayBuffer>>({
		start: (controller) => {
			for (const chunk of chunks) controller.enqueue(new Uint8Array(chunk));
			controller.close();
		},
	}),
});

describe('reading the body of an answer', () => {
	it('gives all of a body that is within the limit, however it is cut into pieces', async () => {
		await fc.assert(
			fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.nat(20), async (text, at) => {
				const bytes = Buffer.from(text.toWellFormed());
				const whole = { text: bytes.toString().replace(/^\ufeff/, ''), whole: true };
				expect(await readText(bodyOf(bytes.subarray(0, at), bytes.subarray(at)), bytes.length)).toEqual(whole);
			}),
			propertyRuns,
		);
	});

	it('says that there was more, even by one byte', async () => {
		expect(await readText(bodyOf(Buffer.from('abc')), 3)).toEqual({ text: 'abc', whole: true });
		expect(await readText(bodyOf(Buffer.from('abc'), Buffer.from('d')), 3)).toEqual({ text: 'abc', whole: false });
		expect(await readText(bodyOf(Buffer.from('abcd')), 3)).toEqual({ text: 'abc', whole: false });
	});

	it('gives what came before a body broke off', async () => {
		let came = false;
		const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
			pull: (controller) => {
				if (came) controller.error(new Error('broken off'));
				else controller.enqueue(new Uint8Array(Buffer.from('ab')));
				came = true;
			},
		});
		expect(await readText({ body })).toEqual({ text: 'ab', whole: false });
	});

	it('takes an answer without a body', async () => {
		expect(await readText({ body: null })).toEqual({ text: '', whole: true });
	});
});
