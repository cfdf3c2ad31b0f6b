import { foldName, settingOf } from '../../host/setting-of.ts';
import { type CheckLine, failure, ok, warning } from '../basics/check-line.ts';
import { didYouMean } from '../basics/did-you-mean.ts';
import { howToSet } from '../basics/environment.ts';
import { destinationGroups } from '../destinations/destination-kinds.ts';
import { namesIn, storageSettingNames } from '../settings/catalogue.ts';
import { findDoubts } from '../settings/find-doubts.ts';
import { holdsBack, type SettingIssue } from '../settings/settings.ts';
import type { Check, CheckDeps } from './check.ts';
import { settingMeant } from './setting-meant.ts';

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
	const settingNames = namesIn(environment);
	const set = settingNames.filter((name) => settingOf(environment, name)?.trim()).length;
	return [ok('settings', `All settings are valid: ${set} set, ${settingNames.length - set} defaults.`)];
};

function effectOf({ setting, blocks }: SettingIssue): string {
	if (setting === 'AzureWebJobsStorage') return ' No lead can be accepted.';
	if (setting === 'LEAD_DESTINATIONS') return ' Leads wait in the journal, undecided.';
	return blocks.length > 0 ? ` Nothing is delivered to ${blocks.join(' and ')}.` : '';
}

const ours = /^(LEAD|DELIVERY|EMAIL|GRAPH|DATAVERSE|BOARD|WEBHOOKS?)_[A-Z\d_.:-]+$/i;
const ofStorage = /^AzureWebJobsStorage_/i;
/** The host knows them; the app needs none. */
const others = ['fileServiceUri', 'serviceUri', 'tenantId', 'managedIdentityResourceId', 'managedIdentityObjectId', 'connectionString'];
const ofTheHost = [...storageSettingNames, ...others.map((name) => `AzureWebJobsStorage__${name}`)];

/** Names that look like settings of the app, or of its storage, and are none: a typing error leaves the default in place, silently. */
export const checkSettingNames: Check = ({ environment }) => {
	const names = Object.keys(environment).filter((name) => environment[name]?.trim());
	const settingNames = namesIn(environment);
	return [
		...names.filter((name) => ours.test(name)).flatMap((name) => look(name, settingNames, environment)),
		...names.filter((name) => !ours.test(name) && !ofStorage.test(foldName(name))).flatMap((name) => resembling(name, environment)),
		...names.filter((name) => ofStorage.test(foldName(name))).flatMap((name) => look(name, ofTheHost, environment)),
	];
};

/** Anyone's name, which is none of our business unless it resembles one of ours. */
function resembling(name: string, environment: CheckDeps['environment']): CheckLine[] {
	const meant = settingMeant(name, environment);
	return meant ? [notASetting(name, 'not a setting of the app', meant)] : [];
}

function look(name: string, known: readonly string[], environment: CheckDeps['environment']): CheckLine[] {
	const canonical = known.find((one) => foldName(one) === foldName(name));
	if (canonical === name) return [];
	if (canonical !== undefined) {
		const isAnother = environment[canonical]?.trim() !== environment[name]?.trim();
		return isAnother
			? [warning('settings', `${name} is ${canonical} in a different letter case: the value of ${canonical} is used.`, `Remove ${name}.`)]
			: [];
	}
	for (const { whyNone } of destinationGroups) {
		const why = whyNone?.(name, environment);
		if (why) return [warning('settings', `${name} ${why.problem}.`, why.next)];
	}
	const meant = didYouMean(name, known);
	return [notASetting(name, known === ofTheHost ? 'not a setting of the storage connection' : 'not a setting of the app', meant)];
}

function notASetting(name: string, what: string, meant: string | undefined): CheckLine {
	const next = meant ? `Rename it to ${meant}, or remove it.` : 'Remove it, or look it up in docs/settings.md.';
	return warning('settings', `${name} is ${what}${meant ? `; did you mean ${meant}?` : '.'}`, next);
}
