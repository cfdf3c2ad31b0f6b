import { describe, expect, it } from '@jest/globals';
import { chooseSamples } from '../../../tools/post/choose-samples.ts';

const sample = (name: string) => ({ name, body: new Uint8Array(Buffer.from('{}')) });
const text = (body: Uint8Array) => Buffer.from(body).toString();

describe('chooseSamples', () => {
	it('gives each once, as it is', () => {
		expect([...chooseSamples([sample('a'), sample('b')], {})]).toEqual([sample('a'), sample('b')]);
	});

	it('goes round until the count is reached', () => {
		expect([...chooseSamples([sample('a'), sample('b')], { count: 3 })].map(({ name }) => name)).toEqual(['a', 'b', 'a']);
		expect([...chooseSamples([sample('a'), sample('b')], { count: 1 })]).toHaveLength(1);
		expect([...chooseSamples([], { count: 3 })]).toEqual([]);
	});

	it('makes each unlike the others', () => {
		const bodies = [...chooseSamples([sample('a')], { count: 2, run: 'r' })].map(({ body }) => text(body));
		expect(bodies).toEqual(['{"SampleRun":"r #1"}', '{"SampleRun":"r #2"}']);
	});
});
