import { destinationOf, endpointsIn, settingNameOf } from '../../shared/destinations/webhook/endpoint-names.ts';
import { sandboxWebhookSecret } from '../sandbox-settings.ts';
import { isHookFormat } from '../webhooks/stand-ins.ts';

type Settings = Record<string, string | undefined>;

/** Behind the hook's path: what makes it the service that the format is for. */
const behind: Record<string, string> = {
	form: '/servlet/servlet.WebToLead?encoding=UTF-8',
	googlechat: '?key=sandbox&token=sandbox',
};

/** What an endpoint needs besides its address, so that `WEBHOOK_SALES_FORMAT=…` alone is enough. */
const further: Record<string, Settings> = {
	standard: { SECRET: sandboxWebhookSecret },
	form: { FIELDS: '{"oid":"00D000000000000"}' },
	custom: { BODY: '{"text":"{{name}}, {{company}}: {{offerTitle}}","marks":"{{marks}}","email":"{{email}}","test":"{{isTest}}"}' },
};

/**
 * An endpoint that is named without an address is the sandbox's: `WEBHOOK_SALES_FORMAT=slack` leads to `/hooks/slack/sales`. `destinations` are those.
 *
 * @param url the sandbox's origin
 */
export function sandboxEndpoints(named: Settings, url: string): { settings: Settings; destinations: string[] } {
	const settings: Settings = {};
	const destinations: string[] = [];
	for (const endpoint of endpointsIn(named)) {
		const nameOf = (part: string) => settingNameOf(endpoint, `WEBHOOK_NAME_${part}`);
		if (named[nameOf('URL')]?.trim()) continue;
		const written = named[nameOf('FORMAT')]?.trim().toLowerCase() ?? '';
		const format = isHookFormat(written) ? written : 'standard';
		settings[nameOf('URL')] = `${url}/hooks/${format}/${endpoint}${behind[format] ?? ''}`;
		for (const [part, value] of Object.entries(further[format] ?? {})) if (!named[nameOf(part)]?.trim()) settings[nameOf(part)] = value;
		destinations.push(destinationOf(endpoint));
	}
	return { settings, destinations };
}
