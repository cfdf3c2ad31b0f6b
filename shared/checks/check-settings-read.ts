import { settingOf } from '../../host/setting-of.ts';
import { type CheckLine, failure, ok, warning } from '../basics/check-line.ts';
import { howToSet } from '../basics/environment.ts';
import { settingNames } from '../settings/catalogue.ts';
import { findDoubts } from '../settings/find-doubts.ts';
import { holdsBack } from '../settings/holds-back.ts';
import type { SettingIssue } from '../settings/settings.ts';
import type { Check } from './check.ts';

/** Every setting: a line for each that is wrong or missing, one for all that are right. */
export const checkSettingsRead: Check = async ({ settings, environment }) => {
	const say = (issue: SettingIssue, line: typeof failure): CheckLine => {
		const { setting, problem, allowed } = issue;
		return line('settings', `${setting} ${problem}. Allowed: ${allowed}.${effectOf(issue)}`, howToSet(setting, environment));
	};
	const lines = [
		...settings.issues.map((issue) => say(issue, holdsBack(issue, settings) ? failure : warning)),
		...(await findDoubts(settings)).map((issue) => say(issue, warning)),
	];
	if (lines.length > 0) return lines;
	const set = settingNames.filter((name) => settingOf(environment, name)?.trim()).length;
	return [ok('settings', `All settings are valid: ${set} set, ${settingNames.length - set} defaults.`)];
};

function effectOf({ setting, blocks }: SettingIssue): string {
	if (setting === 'AzureWebJobsStorage') return ' No lead can be accepted.';
	if (setting === 'LEAD_DESTINATIONS') return ' Leads wait in the journal, undecided.';
	return blocks.length > 0 ? ` Nothing is delivered to ${blocks.join(' and ')}.` : '';
}
