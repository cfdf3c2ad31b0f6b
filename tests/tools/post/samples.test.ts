import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readSample, sampleNames } from '../../../tools/post/samples.ts';
import { leadFixtureNames } from '../../support/lead-fixtures.ts';

describe('samples', () => {
	it('are the fixtures, the everyday one last', () => {
		const [last, ...others] = sampleNames().toReversed();
		expect([last, ...others].toSorted()).toEqual(leadFixtureNames.toSorted());
		expect(last).toBe('published-2020');
	});

	it('are read by name and by path', () => {
		const path = 'samples/msft-test.json';
		const expected = { name: 'msft-test', body: new Uint8Array(readFileSync(path)) };
		expect(readSample('msft-test')).toEqual(expected);
		expect(readSample(path)).toEqual(expected);
	});

	it('are files, not folders', () => {
		expect(() => readSample('samples')).toThrow('samples cannot be read: it is a folder: name a file.');
	});

	it('that are not there are named', () => {
		expect(() => readSample('nowhere.json')).toThrow(
			'There is no file nowhere.json, and no sample of that name. To see the samples: npm run post -- --list',
		);
		expect(() => readSample('msft-tset')).toThrow('no sample of that name. Did you mean msft-test?');
	});
});
