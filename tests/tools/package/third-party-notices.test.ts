import { describe, expect, it } from '@jest/globals';
import { thirdPartyNotices } from '../../../tools/package/third-party-notices.ts';

const good = { name: 'left-pad', version: '1.0.0', license: 'MIT', text: 'Permission is hereby granted' };

describe('thirdPartyNotices', () => {
	it('gives each package with its licence and its text', () => {
		const notices = thirdPartyNotices([good, { ...good, name: 'right-pad', license: 'ISC', text: 'Permission to use' }]);
		expect(notices).toMatch(
			/left-pad 1\.0\.0 \(MIT\)\n\nPermission is hereby granted\n[\s\S]*right-pad 1\.0\.0 \(ISC\)\n\nPermission to use\n/,
		);
	});

	it.each(['(MIT OR GPL-3.0)', 'GPL-2.0 OR Apache-2.0', 'MIT AND ISC', '0BSD'])('allows %s', (license) => {
		expect(thirdPartyNotices([{ ...good, license }])).toContain(license);
	});

	it.each(['GPL-3.0', 'AGPL-3.0-only', 'MIT AND GPL-3.0', 'SEE LICENSE IN LICENSE', 'UNLICENSED', ''])(
		'refuses "%s" by name',
		(license) => {
			expect(() => thirdPartyNotices([good, { ...good, name: 'sticky', license }])).toThrow(
				`sticky 1.0.0: licence "${license}" is not on the list`,
			);
		},
	);

	it('refuses a package without a text, but for those of which a copy is kept', () => {
		expect(() => thirdPartyNotices([{ ...good, text: '' }])).toThrow('left-pad 1.0.0: ships no licence text');
		expect(thirdPartyNotices([{ ...good, name: '@nodable/entities', text: '' }])).toContain('Copyright (c) Amit Gupta');
	});

	it('names everything that is wrong at once', () => {
		const wrong = () => thirdPartyNotices([{ ...good, license: 'GPL-3.0', text: '' }]);
		expect(wrong).toThrow(/GPL-3\.0[\s\S]*no licence text/);
	});
});
