import type { Environment } from './environment.ts';

/** Where an app setting is mended: in Azure (which names the app in `WEBSITE_SITE_NAME`) or on this machine. */
export function howToSet(name: string, { WEBSITE_SITE_NAME: app }: Environment): string {
	return app
		? `az functionapp config appsettings set -g GROUP -n ${app} --settings "${name}=…" (portal: ${app} > Settings > Environment variables), and in infra/main.bicepparam.`
		: `Set ${name} in local.settings.json (Values) or in the environment.`;
}
