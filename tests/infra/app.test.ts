import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { describeWithBicep } from './bicep.ts';
import { ofType, predict, theOnly } from './predict.ts';

const sets = ['email-only', 'crm-only', 'both-with-sign-in', 'biggest'] as const;

describeWithBicep.each(sets)('the app of %s', (set) => {
	it('answers by HTTPS alone, with TLS 1.2 or better', async () => {
		const { properties } = theOnly(await predict(set), 'Microsoft.Web/sites');
		expect(properties.httpsOnly).toBe(true);
		const { appSettings, ...siteConfig } = properties.siteConfig;
		expect(appSettings).toBeDefined();
		expect(siteConfig).toEqual({ minTlsVersion: '1.2', scmMinTlsVersion: '1.2', http20Enabled: true });
	});

	it('takes no basic credentials, neither for FTP nor for publishing', async () => {
		const policies = ofType(await predict(set), 'Microsoft.Web/sites/basicPublishingCredentialsPolicies');
		expect(policies.map(({ name, properties }) => [name.split('/').at(-1), properties.allow])).toEqual([
			['ftp', false],
			['scm', false],
		]);
	});

	it('runs Node.js on Flex Consumption, from a container that it reads by its identity', async () => {
		const prediction = await predict(set);
		expect(theOnly(prediction, 'Microsoft.Web/serverfarms').sku).toEqual({ name: 'FC1', tier: 'FlexConsumption' });
		const { identity, properties } = theOnly(prediction, 'Microsoft.Web/sites');
		const { runtime, deployment } = properties.functionAppConfig;
		expect(runtime).toEqual({ name: 'node', version: readFileSync('.nvmrc', 'utf8').trim() });
		const [identityId] = Object.keys(identity.userAssignedIdentities);
		expect(identity.type).toBe('UserAssigned');
		expect(deployment.storage.authentication).toEqual({ type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId });
		expect(deployment.storage.value).toMatch(/primaryEndpoints\.blob.*app-package/);
	});

	it('asks for a sign-in everywhere but at the intake, if at all', async () => {
		const { name, properties } = theOnly(await predict(set), 'Microsoft.Web/sites/config');
		const signIn = set === 'both-with-sign-in' || set === 'biggest';
		expect(name).toMatch(/\/authsettingsV2$/);
		expect(properties.platform.enabled).toBe(signIn);
		expect(properties.globalValidation).toEqual({
			requireAuthentication: signIn,
			unauthenticatedClientAction: signIn ? 'RedirectToLoginPage' : 'AllowAnonymous',
			redirectToProvider: 'azureactivedirectory',
			excludedPaths: ['/api/leads'],
		});
		expect(JSON.stringify(properties)).not.toMatch(/"clientSecret"/);
		const { enabled, registration, validation } = properties.identityProviders.azureActiveDirectory;
		const clientId = '99999999-0000-0000-0000-000000000002';
		expect(enabled).toBe(signIn);
		expect(registration).toEqual(
			signIn
				? {
						clientId,
						clientSecretSettingName: 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID',
						openIdIssuer: expect.stringMatching(/22222222-2222-2222-2222-222222222222\/v2\.0/),
					}
				: {},
		);
		expect(validation).toEqual(
			signIn ? { allowedAudiences: [clientId, `api://${clientId}`], defaultAuthorizationPolicy: { allowedApplications: [clientId] } } : {},
		);
	});

	it('is found by azd', async () => {
		expect(theOnly(await predict(set), 'Microsoft.Web/sites').tags['azd-service-name']).toBe('intake');
	});
});

describeWithBicep('how big the app is', () => {
	const scaleOf = async (set: (typeof sets)[number]) =>
		theOnly(await predict(set), 'Microsoft.Web/sites').properties.functionAppConfig.scaleAndConcurrency;

	it('is small unless more is asked for, with one instance that is always warm', async () => {
		expect(await scaleOf('email-only')).toEqual({
			instanceMemoryMB: 2048,
			maximumInstanceCount: 5,
			alwaysReady: [{ name: 'http', instanceCount: 1 }],
		});
	});

	it('may be smaller still, and bigger', async () => {
		expect(await scaleOf('crm-only')).toEqual({ instanceMemoryMB: 512, maximumInstanceCount: 5, alwaysReady: [] });
		expect(await scaleOf('biggest')).toEqual({
			instanceMemoryMB: 4096,
			maximumInstanceCount: 1000,
			alwaysReady: [{ name: 'http', instanceCount: 10 }],
		});
	});
});
