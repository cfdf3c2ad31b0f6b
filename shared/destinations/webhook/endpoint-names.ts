import { distance } from 'fastest-levenshtein';
import { foldName } from '../../../host/setting-of.ts';
import { didYouMean } from '../../basics/did-you-mean.ts';
import type { Environment } from '../../basics/environment.ts';
import type { DestinationName } from '../../delivery/destination.ts';
import schema from './webhook-settings.json' with { type: 'json' };

/** Before the colon of every endpoint's name. */
export const webhookName = 'webhook';

/** As a regular expression for editors. */
export const namePattern = `^${webhookName}:[a-z][a-z\\d]{0,19}$`;

/** More would not fit into a lead's row with all their attempts. */
export const mostEndpoints = 20;

/** As the schema documents them: `WEBHOOK_NAME_URL`. */
const parts = Object.keys(schema.properties).flatMap((name) => /^WEBHOOK_NAME_(.*)$/.exec(name)?.[1] ?? []);
const ofAnEndpoint = new RegExp(`^webhook_([a-z][a-z\\d]{0,19})_(${parts.join('|')})$`, 'i');

const ofAnyEndpoint = new RegExp(`^webhook_(.+)_(${parts.join('|')})$`, 'i');

/** `WEBHOOK_SALESURL`. */
const glued = new RegExp(`^WEBHOOK_([A-Z][A-Z\\d]{0,19}?)(${parts.join('|')})$`);
const commonSettings = Object.keys(schema.properties).filter((name) => !name.startsWith('WEBHOOK_NAME_'));

/** Why a setting that looks like one of an endpoint is none, and what to do; undefined for all others. */
export function whyNoEndpoint(setting: string, environment: Environment): { problem: string; next: string } | undefined {
	const [, endpoint = '', part = ''] = ofAnyEndpoint.exec(foldName(setting)) ?? [];
	const meant = ofAnEndpoint.test(foldName(setting)) ? undefined : settingOfEndpointMeant(setting, endpoint === '');
	if (meant) return { problem: `is not a setting of the app; did you mean ${meant}?`, next: `Rename it to ${meant}, or remove it.` };
	if (endpoint === '') return undefined;
	if (!ofAnEndpoint.test(foldName(setting)))
		return {
			problem: `names the endpoint ${endpoint.slice(0, 40)}, which no endpoint can be called`,
			next: `Use a letter, and behind it letters and digits, 20 at most: WEBHOOK_SALES_${part.toUpperCase()}.`,
		};
	if (endpointsIn(environment).includes(endpoint)) return undefined;
	return {
		problem: `is not used: there may be ${mostEndpoints} webhook endpoints at most, and only the first ${mostEndpoints} in alphabetical order are used`,
		next: 'Remove all settings of an endpoint that you do not need.',
	};
}

/** Words for a setting that are not near its name. */
const otherWords: Record<string, string> = {
	ADDRESS: 'URL',
	ENDPOINT: 'URL',
	LINK: 'URL',
	TYPE: 'FORMAT',
	KEY: 'SECRET',
	SIGNING_KEY: 'SECRET',
	SIGNING_SECRET: 'SECRET',
	AUTH: 'AUTHORIZATION',
	TOKEN: 'AUTHORIZATION',
	BEARER: 'AUTHORIZATION',
	PAYLOAD: 'BODY',
	TEMPLATE: 'BODY',
	SUBJECT: 'TITLE',
};

/**
 * The setting that was meant where what is behind the name of the endpoint is mistyped (`WEBHOOK_SALES_ULR`); undefined when it resembles none.
 *
 * @param guesses whether what is only near a setting counts
 */
export function settingOfEndpointMeant(setting: string, guesses = true): string | undefined {
	const name = setting.toUpperCase();
	const [, endpoint = '', written = ''] = /^WEBHOOK_([A-Z][A-Z\d]{0,19})_+([A-Z\d_]+)$/.exec(name) ?? glued.exec(name) ?? [];
	if (endpoint === '' || commonSettings.some((common) => distance(name, common) <= 2)) return undefined;
	const ofAll = `WEBHOOK_${written}`;
	if (commonSettings.includes(ofAll)) return ofAll;
	const part = Object.hasOwn(otherWords, written)
		? otherWords[written]
		: parts.find((one) => one === written || (guesses && didYouMean(written, parts) === one));
	return part === undefined ? undefined : `WEBHOOK_${endpoint}_${part}`;
}

/** The endpoints that settings name, in the order of the alphabet: `sales` for `WEBHOOK_SALES_URL`. */
export function endpointsIn(environment: Environment): string[] {
	const names = Object.entries(environment).flatMap(([name, value]) => {
		const [, endpoint = ''] = (value?.trim() && ofAnEndpoint.exec(foldName(name))) || [];
		return endpoint === '' ? [] : endpoint;
	});
	return [...new Set(names)].sort().slice(0, mostEndpoints);
}

/** What an endpoint is called as a destination. */
export const destinationOf = (endpoint: string): DestinationName => `${webhookName}:${endpoint}`;

/** One setting of an endpoint, by what the schema calls it: `WEBHOOK_SALES_URL` for `WEBHOOK_NAME_URL`. */
export const settingNameOf = (endpoint: string, documented: string): string => documented.replace('_NAME_', `_${endpoint.toUpperCase()}_`);

/** The setting without which there is no such endpoint; undefined for what is no name of one. */
export function urlSettingOf(name: DestinationName): string | undefined {
	return new RegExp(namePattern).test(name) ? settingNameOf(name.slice(webhookName.length + 1), 'WEBHOOK_NAME_URL') : undefined;
}
