import { expect, it } from '@jest/globals';
import { readOrComplain } from '../../../shared/basics/read-or-complain.ts';

it('takes a setting whose reader throws for a wrong one, without a word of its value', () => {
	const read = () => {
		throw new URIError('URI malformed: secret');
	};
	expect(readOrComplain('EMAIL_FROM', read, { template: {} })).toEqual({
		template: {},
		problems: [{ setting: 'EMAIL_FROM', problem: 'could not be read' }],
	});
});
