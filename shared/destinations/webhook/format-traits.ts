/** What is posted, and how its answer is read. */
export type FormatName = 'standard' | 'json' | 'teams' | 'slack' | 'googlechat' | 'hubspot' | 'form' | 'custom';

/** What of a format has to be known before anything is sent. */
interface FormatTraits {
	/** Whether a receiver can tell a repetition: otherwise a request whose answer was lost may double the lead. */
	repeatable: boolean;
	/** How many deliveries that have waited are made in one DELIVERY_RETRY_FIRST (30 s); absent: all of them. */
	inFirstStep?: number;
}

/**
 * Slack and Google Chat take one message a second in a channel or space; a flow of Power Automate some 15 runs a second in bursts, far fewer in the long
 * run; HubSpot's forms 50 in ten seconds, and they shut out an address that is refused ten times in a second.
 */
export const formatTraits: Record<FormatName, FormatTraits> = {
	// The receiver knows a repetition by its webhook-id.
	standard: { repeatable: true },
	json: { repeatable: false },
	teams: { repeatable: false, inFirstStep: 50 },
	slack: { repeatable: false, inFirstStep: 20 },
	// It has a request id; whether a webhook's request is found again by it is not documented.
	googlechat: { repeatable: false, inFirstStep: 20 },
	hubspot: { repeatable: false, inFirstStep: 50 },
	form: { repeatable: false },
	custom: { repeatable: false },
};

/** Services by the end of their hosts. */
const services: [RegExp, FormatName][] = [
	[/(^|\.)(logic\.azure\.(com|us)|api\.powerplatform\.(com|us|cn)|powerplatform\.com)$/, 'teams'],
	[/(^|\.)hooks\.slack(-gov)?\.com$/, 'slack'],
	[/(^|\.)chat\.googleapis\.com$/, 'googlechat'],
	[/^webto\.salesforce\.com$/, 'form'],
	[/^api(-[a-z0-9]+)?\.hsforms\.com$/, 'hubspot'],
	[/(^|\.)hooks\.zapier\.com$|^hook\.[a-z0-9-]+\.make\.com$/, 'json'],
];

/** The format of an endpoint that has none set, by the host of its URL and, for what has hosts of its own, its path. */
export function usualFormat({ hostname, pathname }: Pick<URL, 'hostname' | 'pathname'>): FormatName {
	if (/^\/servlet\/servlet\.WebToLead$/i.test(pathname)) return 'form';
	const host = hostname.toLowerCase().replace(/\.$/, '');
	return services.find(([pattern]) => pattern.test(host))?.[1] ?? 'standard';
}

/** What people write for a format, in small letters and digits alone, and what they then need. */
const otherWords: [RegExp, string][] = [
	[
		/^(zapier|make|makecom|integromat|n8n|ifttt|pipedream|workato|flat|applicationjson)$/,
		'use json, which a service that maps members takes',
	],
	[/^(powerautomate|flow|workflows?|logicapps?)$/, 'use teams for a workflow that posts to Teams, and json for any other flow'],
	[/^(ms|microsoft|office365)teams$/, 'use teams'],
	[/^(gchat|google|googlehangouts|chat)$/, 'use googlechat'],
	[/^(hubspotforms?|hsforms)$/, 'use hubspot'],
	[/^(salesforce|webtolead|webform|html|urlencoded|(application)?xwwwformurlencoded|multipartformdata)$/, 'use form'],
	[/^(standardwebhooks?|svix|signed|hmac|webhook)$/, 'use standard'],
	[
		/^(discord|mattermost|rocketchat|telegram|webex|zulip|pagerduty|template|raw|xml|text)$/,
		'use custom, and write the JSON that the service takes into …_BODY, such as {"content":"{{name}}, {{company}}"} for Discord',
	],
];

/** Which format to use instead of a word that is none; undefined for a word that says nothing. */
export function formatFor(word: string): string | undefined {
	const bare = word.toLowerCase().replace(/[^a-z\d]/g, '');
	const format = Object.keys(formatTraits).find((name) => name === bare);
	return format ? `use ${format}` : otherWords.find(([pattern]) => pattern.test(bare))?.[1];
}
