import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { valuesIn } from '../../../../shared/destinations/crm/values-in.ts';
import { propertyRuns } from '../../../support/property-runs.ts';

/** One value after the other, as it is meant. */
function isIn(texts: string[], value: string): boolean {
	const isOfWord = (character = '') => /[\p{L}\p{N}]/u.test(character);
	if (value.length > 40) return texts.some((text) => text.includes(value));
	const places = (text: string) => Array.from({ length: text.length + 1 }, (_, at) => at).filter((at) => text.startsWith(value, at));
	return value === '' || texts.some((text) => places(text).some((at) => !isOfWord(text[at - 1]) && !isOfWord(text[at + value.length])));
}

describe('values in texts', () => {
	it('are found as words, and long ones anywhere', () => {
		const long = 'x'.repeat(41);
		const values = ['DE', 'INS', 'Contoso', 'Contoso CRM', '42', 'é', '@', '', `${long}y`, long];
		const texts = ['INSIDE, DE.', 'Contoso CRMs; Contoso', '(42)', `a${long}b`, 'éa', 'a@b'];
		expect([...valuesIn(texts, values)].sort()).toEqual(['', '42', 'Contoso', 'DE', long]);
	});

	it('are found where one by one they are', () => {
		const unit = fc.constantFrom('a', 'b', ' ', '.', 'é', '1', '𝕏', '\ud800', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa');
		const text = fc.string({ unit, maxLength: 12 });
		fc.assert(
			fc.property(fc.array(text, { maxLength: 4 }), fc.array(text, { maxLength: 8 }), (texts, values) => {
				expect([...valuesIn(texts, values)].sort()).toEqual([...new Set(values.filter((value) => isIn(texts, value)))].sort());
			}),
			propertyRuns,
		);
	});
});
