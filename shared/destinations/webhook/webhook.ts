import { settingOf } from '../../../host/setting-of.ts';
import type { Environment } from '../../basics/environment.ts';
import { unquote } from '../../basics/list.ts';
import type { ChoicesPart, DestinationGroup, DestinationKind } from '../../delivery/destination-kind.ts';
import { destinationOf, endpointsIn, namePattern, settingNameOf, urlSettingOf, webhookName, whyNoEndpoint } from './endpoint-names.ts';
import { type FormatName, formatTraits, usualFormat } from './format-traits.ts';
import { readUrl } from './read-url.ts';
import { commonSettings, endpointSettings, type WebhookSettings } from './webhook-settings.ts';

/** A rule chooses an endpoint, and nothing of what is sent there. */
const noChoices: ChoicesPart = {
	schema: { properties: {} },
	validate: () => true,
	read: () => ({ choice: {}, problems: [] }),
};

/** Settings are read more than once: what they open is the same then. */
const opened = new Map<string, DestinationKind<WebhookSettings>>();

function openEndpoint(endpoint: string, environment: Environment): DestinationKind<WebhookSettings> {
	const format = formatIn(environment, endpoint);
	// Where the platform names its instance, nothing on the same machine is anyone's own.
	const local = !environment.WEBSITE_INSTANCE_ID;
	const key = `${endpoint} ${format} ${local}`;
	const kind = opened.get(key) ?? toKind(endpoint, format, local);
	opened.set(key, kind);
	return kind;
}

function toKind(endpoint: string, format: FormatName, local: boolean): DestinationKind<WebhookSettings> {
	const name = destinationOf(endpoint);
	const { repeatable, inFirstStep } = formatTraits[format];
	return {
		name,
		repeatable,
		...(inFirstStep !== undefined && { inFirstStep }),
		settings: endpointSettings(endpoint, local),
		choices: noChoices,
		standIn: { name: webhookName, setting: settingNameOf(endpoint, 'WEBHOOK_NAME_URL'), address: ({ url }) => url },
		checkNames: [name],
		load: async () => (await import('./load-webhook.ts')).loadEndpoint(name),
	};
}

/** The format before the settings are read: what is wrong with them keeps everything from being sent. */
function formatIn(environment: Environment, endpoint: string): FormatName {
	const textOf = (documented: string) =>
		unquote(
			(settingOf(environment, settingNameOf(endpoint, documented)) ?? '')
				.normalize('NFKC')
				.replace(/\p{Cf}/gu, '')
				.trim(),
		);
	const format = textOf('WEBHOOK_NAME_FORMAT').toLowerCase();
	if (Object.hasOwn(formatTraits, format)) return format as FormatName;
	const read = readUrl(textOf('WEBHOOK_NAME_URL'), true);
	return read.ok ? usualFormat(new URL(read.url)) : 'standard';
}

/** Leads posted to other services, or to one's own: as many endpoints as the settings name, each a destination of its own. */
export const webhook: DestinationGroup = {
	name: webhookName,
	settings: commonSettings,
	open: (environment) => endpointsIn(environment).map((endpoint) => openEndpoint(endpoint, environment)),
	example: openEndpoint('name', {}),
	settingOf: urlSettingOf,
	whyNone: whyNoEndpoint,
	doubts: async (own) => (await import('./send/forbidden-address.ts')).doubtNetworks((own as WebhookSettings).privateNetworks),
	pattern: namePattern,
};
