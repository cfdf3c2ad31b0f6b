import { describe, expect, it } from '@jest/globals';
import { judgePrincipal } from '../../../LeadBoard/gate/judge-principal.ts';
import { signRequestIn } from '../../../sandbox/runner/sign-in.ts';
import { developmentSignIn } from '../../../sandbox/start/development-sign-in.ts';
import { readSettings } from '../../../shared/settings/read-settings.ts';

/** Whether the board lets in whoever sends these headers to npm start. */
function judge(headers: Record<string, string>) {
	const { signIn, settings } = developmentSignIn({}) ?? {};
	if (!signIn || !settings) throw new Error('there is no development sign-in');
	signRequestIn(headers, signIn);
	return judgePrincipal(new Headers(headers), settings, readSettings(settings));
}

describe('the sign-in of npm start', () => {
	it.each(['127.0.0.1:7071', 'localhost', '[::1]:7071'])('takes whoever asks %s for a developer with every role', (host) => {
		expect(judge({ host })).toMatchObject({ ok: true, person: { name: 'Developer', mayAct: true } });
	});

	it.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:7071', ''])('takes whoever asks "%s" for no one', (host) => {
		expect(judge({ host, 'x-ms-client-principal': 'forged', 'x-ms-client-principal-idp': 'aad' })).toMatchObject({
			ok: false,
			why: 'no principal',
		});
	});

	it.each(['WEBSITE_INSTANCE_ID', 'WEBSITE_SITE_NAME', 'WEBSITE_HOSTNAME', 'WEBSITE_AUTH_ENABLED', 'website_site_name'])(
		'is not there where the platform has set %s',
		(name) => {
			expect(developmentSignIn({ [name]: 'x' })).toBeUndefined();
		},
	);
});
