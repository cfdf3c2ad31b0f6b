import { describe, it } from '@jest/globals';
import { bicep, howToGetBicep } from './bicep.ts';

describe('the Bicep compiler', () => {
	it('is found, so that the template is checked', () => {
		if (bicep) return;
		if (process.env.CI === 'true') throw new Error(`there is none: ${howToGetBicep}`);
		console.warn(`SKIPPED: every test of the template, for want of a Bicep compiler: ${howToGetBicep}`);
	});
});
