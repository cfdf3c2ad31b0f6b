import { failure, ok, warning } from '../basics/check-line.ts';
import { howToSet } from '../basics/environment.ts';
import type { Check } from './check.ts';

/** Which identity the app will ask for tokens: what the environment tells without asking. */
export const checkIdentity: Check = ({ environment, settings }) => {
	const { IDENTITY_ENDPOINT: endpoint, WEBSITE_SITE_NAME: app } = environment;
	if (endpoint && settings.clientId) return [ok('identity', 'The user-assigned identity AZURE_CLIENT_ID.')];
	if (endpoint)
		return [
			warning(
				'identity',
				'AZURE_CLIENT_ID is not set: the system-assigned identity is used, which has no permissions here.',
				howToSet('AZURE_CLIENT_ID', environment),
			),
		];
	if (!app) return [ok('identity', 'The user who is signed in to the Azure CLI on this machine (az login).')];
	return [
		failure(
			'identity',
			'No identity is assigned to the app: there are no tokens.',
			`az functionapp identity assign -g GROUP -n ${app} --identities IDENTITY_ID (portal: ${app} > Settings > Identity > User assigned)`,
		),
	];
};
