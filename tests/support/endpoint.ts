import type { FormatName } from '../../shared/destinations/webhook/format-traits.ts';
import type { WebhookSettings } from '../../shared/destinations/webhook/webhook-settings.ts';
import { readSettings } from '../../shared/settings/read-settings.ts';

/** Addresses of each format, as its service gives them. */
export const endpointUrls: Record<FormatName, string> = {
	standard: 'https://leads.contoso.example/hook?key=s3cretpart',
	json: 'https://hooks.zapier.com/hooks/catch/123456/s3cretpart/',
	teams:
		'https://0123456789abcdef.07.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/0123/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=s3cretpart',
	slack: 'https://hooks.slack.com/services/T000/B000/s3cretpart',
	googlechat: 'https://chat.googleapis.com/v1/spaces/AAAA/messages?key=s3cretkey&token=s3cretpart',
	hubspot: 'https://api.hsforms.com/submissions/v3/integration/submit/12345/s3cretpart',
	form: 'https://webto.salesforce.com/servlet/servlet.WebToLead?encoding=UTF-8',
	custom: 'https://leads.contoso.example/custom?key=s3cretpart',
};

/** What the settings of an endpoint called `sales` read as. */
export function endpointOf(texts: Record<string, string>, others: Record<string, string> = {}) {
	const named = Object.fromEntries(Object.entries(texts).map(([part, text]) => [`WEBHOOK_SALES_${part}`, text]));
	const settings = readSettings({
		LEAD_DESTINATIONS: 'webhook:sales',
		AzureWebJobsStorage: 'UseDevelopmentStorage=true',
		...named,
		...others,
	});
	return { settings, own: settings.own['webhook:sales'] as WebhookSettings };
}

const further: Partial<Record<FormatName, Record<string, string>>> = {
	form: { FIELDS: '{"oid":"00D000000000000"}' },
	custom: { BODY: '{"text":"{{name}}, {{company}}","test":"{{isTest}}","list":["{{description}}",1,null,{"deep":"{{email}}"}]}' },
};

/** An endpoint of each format, at the address of its service, or of a stand-in. */
export function endpointWithFormat(format: FormatName, texts: Record<string, string> = {}): WebhookSettings & { url: string } {
	const { own, settings } = endpointOf({ URL: endpointUrls[format], FORMAT: format, ...further[format], ...texts });
	if (own.url === undefined || settings.issues.length > 0) throw new Error(JSON.stringify(settings.issues));
	return { ...own, url: own.url };
}
