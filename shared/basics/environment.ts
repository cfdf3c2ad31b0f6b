/** App settings as the platform gives them. */
export type Environment = Record<string, string | undefined>;

/** Where an app setting is fixed: in Azure (which names the app in `WEBSITE_SITE_NAME`) or on this machine. */
export function howToSet(name: string, { WEBSITE_SITE_NAME: app }: Environment): string {
	return app
		? `az functionapp config appsettings set -g GROUP -n ${app} --settings "${name}=…" (portal: ${app} > Settings > Environment variables)${inTheTemplate(name)}`
		: `Set ${name} in local.settings.json (Values) or in the environment.`;
}

/** A deployment sets every app setting: what is not in its parameters is gone after the next one. */
const inTheTemplate = (name: string) =>
	/^AzureWebJobsStorage|^AZURE_CLIENT_ID$/.test(name)
		? ', or deploy infra/main.bicep again: it sets this one itself.'
		: ', and in settings of infra/main.bicepparam.';
