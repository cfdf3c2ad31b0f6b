import type { DestinationName } from '../delivery/destination.ts';
import type { SettingProblem } from '../delivery/destination-kind.ts';
import { destinationGroups } from '../destinations/destination-kinds.ts';
import { checkCountries } from '../rules/doubtful-rules.ts';
import { catalogueOf } from './catalogue.ts';
import { toIssue, toRuleProblem } from './read-routing.ts';
import type { SettingIssue, Settings } from './settings.ts';

/**
 * All that is valid, but probably not intended: the warnings that were found when the settings were read, and what only the names of countries tell, which
 * the intake does not load.
 */
export async function findDoubts(settings: Pick<Settings, 'warnings' | 'routes' | 'kinds' | 'own'>): Promise<SettingIssue[]> {
	const { warnings, routes, kinds } = settings;
	const catalogue = catalogueOf(kinds);
	const doubts = [...(await checkCountries(routes)).map(toRuleProblem), ...findTwins(settings), ...(await findIdle(settings))];
	return [...warnings, ...doubts.map((doubt) => toIssue(catalogue, doubt))];
}

/** Settings of a group of destinations that do nothing. */
async function findIdle({ kinds, own }: Pick<Settings, 'kinds' | 'own'>): Promise<SettingProblem[]> {
	const doubts = destinationGroups.map(async (group) => {
		const first = kinds.find(({ name }) => name.startsWith(`${group.name}:`));
		return first && group.doubts ? group.doubts(own[first.name]) : [];
	});
	return (await Promise.all(doubts)).flat();
}

/** Destinations of one address: perhaps the URL of one was copied and not changed. */
function findTwins({ kinds, own }: Pick<Settings, 'kinds' | 'own'>): SettingProblem[] {
	const firsts = new Map<string, DestinationName>();
	return kinds.flatMap(({ name, standIn: { setting, address } }) => {
		const url = address(own[name]);
		const first = url === undefined ? undefined : firsts.get(url);
		if (url !== undefined && first === undefined) firsts.set(url, name);
		return first === undefined ? [] : [{ setting, problem: `is the address of ${first} too: a lead for both comes there twice` }];
	});
}
