import { expect, it } from '@jest/globals';
import { readOrComplain } from '../../../shared/settings/read-or-complain.ts';

it('takes a setting whose reader throws for a wrong one, without a word of its value', () => {
	const read = () => {
		throw new URIError('URI malformed: secret');
	};
	expect(readOrComplain('EMAIL_FROM', read, { template: {} })).toEqual({
		template: {},
		issues: [
			{
				setting: 'EMAIL_FROM',
				problem: 'could not be read',
				allowed: 'one e-mail address, such as leads@contoso.com',
				blocks: ['email'],
			},
		],
	});
});
