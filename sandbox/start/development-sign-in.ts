import { settingOf } from '../../host/setting-of.ts';
import type { SignIn } from '../runner/sign-in.ts';

/** What App Service puts into every app's environment. */
const platformVariables = ['WEBSITE_INSTANCE_ID', 'WEBSITE_SITE_NAME', 'WEBSITE_HOSTNAME', 'WEBSITE_AUTH_ENABLED'];

/** Ids that no tenant has. */
const nowhere = (end: number) => `00000000-0000-4000-8000-00000000000${end}`;

type Settings = Record<string, string | undefined>;

/**
 * Whoever opens the board that `npm start` runs is taken for a developer with every role, because only this machine can ask. Not where the platform's
 * variables are set: there the platform says who asks, and this would open the board to all.
 */
export function developmentSignIn(settings: Settings): { signIn: SignIn; settings: Settings } | undefined {
	if (platformVariables.some((name) => settingOf(settings, name)?.trim())) return undefined;
	const clientId = settingOf(settings, 'BOARD_CLIENT_ID')?.trim() || nowhere(1);
	const tenantId = settingOf(settings, 'BOARD_TENANT_ID')?.trim() || nowhere(2);
	return {
		signIn: { tenantId, clientId, objectId: nowhere(3), name: 'Developer', roles: ['Leads.Read', 'Leads.Act'] },
		settings: { WEBSITE_AUTH_ENABLED: 'True', BOARD_CLIENT_ID: clientId, BOARD_TENANT_ID: tenantId },
	};
}
