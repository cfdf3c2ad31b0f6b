import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { HtmlValidate } from 'html-validate';
import { composeMail } from '../../../../shared/destinations/email/compose-mail.ts';
import { requestOfFixture } from '../../../support/delivery-request.ts';

const names = [
	'published-2020',
	'campaign-description',
	'do-not-contact',
	'msft-test',
	'offer-title-only',
	'markup-everywhere',
	'unknown-members',
	'right-to-left',
];
const recordUrl = 'https://contoso.crm4.dynamics.com/main.aspx?etn=lead&id=1&pagetype=entityrecord';
const mails = names.map(
	(name) =>
		composeMail({ ...requestOfFixture(name), recordUrl }, { to: [], cc: [], locale: 'en-GB', timeZone: 'UTC' }).message.body?.content ?? '',
);

/** What of a mail some client does not know, and what its reader then misses: nothing that says or does anything. */
const missed: Record<string, string[]> = {
	'@media': ['gmail.mobile-webmail', 'outlook.windows', 'outlook.windows-mail'], // dark scheme, wider buttons on phones
	'<style> element': ['gmail.mobile-webmail'], // the same
	'Type selector': ['gmail.mobile-webmail'], // the same
	'display:none': ['gmail.mobile-webmail'], // shows the preheader
	overflow: ['outlook.windows', 'outlook.windows-mail'], // of the preheader, not displayed anyway
	'border-radius': ['outlook.windows', 'outlook.windows-mail'], // square corners
	'word-break': ['outlook.windows-mail'], // a long word widens the mail
	'role attribute': ['outlook.windows-mail'], // has no screen reader support at all
	'<body> element': ['outlook.macos'], // its background
};

describe('the HTML of a mail', () => {
	it.each(names)('is valid: %s', async (name) => {
		const rules = {
			'no-inline-style': 'off',
			'no-deprecated-attr': 'off',
			'prefer-tbody': 'off',
			'doctype-style': 'off',
			'long-title': 'off', // it is the subject
			'no-conditional-comment': 'off', // Outlook for Windows reads them
			'tel-non-breaking': 'off', // a number that is copied should hold plain spaces
		} as const;
		const report = await new HtmlValidate({ extends: ['html-validate:recommended'], rules }).validateString(
			mails[names.indexOf(name)] ?? '',
		);
		expect(report.results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => `${line}: ${ruleId} ${message}`))).toEqual(
			[],
		);
	});

	it('means what it says in Gmail, Outlook and Apple Mail', () => {
		// caniemail is an ES module, which jest cannot load.
		const script = `
			import { caniemail } from 'caniemail';
			import { text } from 'node:stream/consumers';
			const found = {};
			for (const html of JSON.parse(await text(process.stdin)))
				for (const [client, issues] of caniemail({ clients: ['gmail.*', 'outlook.*', 'apple-mail.*'], html }).issues.errors)
					for (const { title } of issues) found[title] = [...new Set([...(found[title] ?? []), client])];
			console.log(JSON.stringify(found));
		`;
		const found = JSON.parse(
			execFileSync(process.execPath, ['--input-type=module', '-e', script], { input: JSON.stringify(mails), encoding: 'utf8' }),
		);
		for (const [title, clients] of Object.entries(found))
			expect([title, missed[title]]).toEqual([title, expect.arrayContaining(clients as string[])]);
		expect(Object.keys(found).length).toBeGreaterThan(0);
	});
});
