import { describe, expect, it } from '@jest/globals';
import { fuzz } from '../../chaos/fuzz.ts';

/** The short form of `npm run chaos`; the long form's figures are in docs/reliability.md. */
describe('no accepted lead is lost', () => {
	it('whatever bytes are posted', async () => {
		const result = await fuzz({ seed: 1, bodies: 1000 });
		expect(result).toMatchObject({ serverErrors: 0, deaths: 0, missing: 0 });
		expect(Object.keys(result.answers)).toEqual(expect.arrayContaining(['202', '400']));
	}, 60_000);
});
