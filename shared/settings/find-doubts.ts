import { checkCountries } from '../rules/doubtful-rules.ts';
import { catalogueOf } from './catalogue.ts';
import { toIssue, toRuleProblem } from './read-routing.ts';
import type { SettingIssue, Settings } from './settings.ts';

/**
 * All that is valid, but probably not intended: the warnings that were found when the settings were read, and what only the names of countries tell, which
 * the intake does not load.
 */
export async function findDoubts({ warnings, routes, kinds }: Pick<Settings, 'warnings' | 'routes' | 'kinds'>): Promise<SettingIssue[]> {
	const catalogue = catalogueOf(kinds);
	return [...warnings, ...(await checkCountries(routes)).map((doubt) => toIssue(catalogue, toRuleProblem(doubt)))];
}
