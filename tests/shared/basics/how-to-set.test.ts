import { describe, expect, it } from '@jest/globals';
import { howToSet } from '../../../shared/basics/environment.ts';

describe('how to set an app setting', () => {
	it('names the file and the environment on this machine', () => {
		expect(howToSet('EMAIL_TO', {})).toBe('Set EMAIL_TO in local.settings.json (Values) or in the environment.');
	});

	it('names the command, the portal and the parameters of the template in Azure, because the next deployment sets every setting', () => {
		expect(howToSet('EMAIL_TO', { WEBSITE_SITE_NAME: 'contoso' })).toMatch(
			/"EMAIL_TO=…" \(portal: .*\), and in settings of infra\/main.bicepparam\.$/,
		);
	});

	it.each(['AZURE_CLIENT_ID', 'AzureWebJobsStorage', 'AzureWebJobsStorage__clientId'])(
		'does not send a person to the parameters for %s, which the template sets itself',
		(name) => {
			expect(howToSet(name, { WEBSITE_SITE_NAME: 'contoso' })).toMatch(/, or deploy infra\/main\.bicep again: it sets this one itself\.$/);
		},
	);
});
