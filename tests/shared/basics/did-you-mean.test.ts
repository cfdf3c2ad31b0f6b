import { describe, expect, it } from '@jest/globals';
import { didYouMean } from '../../../shared/basics/did-you-mean.ts';

const known = ['source', 'action', 'offer', 'country', 'emailDomain', 'to', 'cc'];

describe('guessing what was meant', () => {
	it.each([
		['ofer', 'offer'],
		['OFFER', 'offer'],
		['emailDomian', 'emailDomain'],
		['e-mailDomain', 'emailDomain'],
		['contry', 'country'],
		['colour', undefined],
		['t', undefined],
		['x', undefined],
		['', undefined],
		['z'.repeat(10_000), undefined],
	])('takes %.20s for %s', (typed, meant) => {
		expect(didYouMean(typed, known)).toBe(meant);
	});

	it('knows nothing when nothing is known', () => {
		expect(didYouMean('offer', [])).toBeUndefined();
	});
});
