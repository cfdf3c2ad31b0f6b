import { distance } from 'fastest-levenshtein';
import { foldName } from '../../host/setting-of.ts';
import type { Environment } from '../basics/environment.ts';
import { settingOfEndpointMeant } from '../destinations/webhook/endpoint-names.ts';
import { namesIn } from '../settings/catalogue.ts';

/** What a setting of an endpoint begins with; the name of the endpoint comes behind it. */
const endpointPrefix = 'WEBHOOK';

/** Near one of ours, and yet someone else's: cron's. */
const othersNames = ['MAILTO'];

const bare = (name: string) => name.toUpperCase().replace(/[^A-Z\d]/g, '');
const letters = (name: string) => [...name].sort().join('');

/**
 * Whether a word is another with one or two typing errors: an environment is full of names that are someone else's, so that two errors count in a long
 * word only, or where two letters have changed places. `EMAIL`, which many have, is no misspelling of EMAIL_TO.
 */
function isMistyped(typed: string, meant: string): boolean {
	if (Math.abs(typed.length - meant.length) > 1 || meant.length < 6) return false;
	const steps = distance(typed, meant);
	return steps <= 1 || (steps === 2 && (meant.length >= 12 || letters(typed) === letters(meant)));
}

/** The setting that a name was meant to be, although it does not begin as ours do (`EMIAL_TO`, `EMAILTO`, `WEBHOK_SALES_URL`); undefined when it resembles none. */
export function settingMeant(name: string, environment: Environment): string | undefined {
	const known = namesIn(environment);
	if (othersNames.includes(name) || known.some((one) => foldName(one) === foldName(name))) return undefined;
	const typed = bare(name);
	const near = known.find((one) => isMistyped(typed, bare(one)));
	if (near) return near;
	const [, first = '', between = '', rest = ''] = /^([A-Z]+)([_.:-])(.+)$/i.exec(name) ?? [];
	const ofEndpoint = `${endpointPrefix}_${rest.toUpperCase().replace(/[.:-]/g, '_')}`;
	const isNear = bare(first) === endpointPrefix ? between !== '_' : isMistyped(bare(first), endpointPrefix);
	if (!isNear) return undefined;
	return namesIn({ ...environment, [ofEndpoint]: '-' }).includes(ofEndpoint) ? ofEndpoint : settingOfEndpointMeant(ofEndpoint);
}
