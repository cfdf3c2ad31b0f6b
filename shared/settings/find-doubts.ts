import { checkCountries } from '../rules/check-countries.ts';
import { toSettingIssue } from './read-routing.ts';
import type { SettingIssue, Settings } from './settings.ts';

/**
 * All that is right and yet hardly what was meant: the warnings that were found when the settings were read, and what only the names of countries tell, which
 * the intake does not load.
 */
export async function findDoubts({ warnings, routes }: Pick<Settings, 'warnings' | 'routes'>): Promise<SettingIssue[]> {
	return [...warnings, ...(await checkCountries(routes)).map(toSettingIssue)];
}
