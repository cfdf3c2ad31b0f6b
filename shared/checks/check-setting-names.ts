import { foldName } from '../../host/setting-of.ts';
import { type CheckLine, warning } from '../basics/check-line.ts';
import { didYouMean } from '../basics/did-you-mean.ts';
import { settingNames } from '../settings/catalogue.ts';
import { storageSettingNames } from '../settings/setting-names.ts';
import type { Check, CheckDeps } from './check.ts';

const ours = /^(LEAD|DELIVERY|EMAIL|GRAPH|DATAVERSE)_[A-Z_]+$/i;
const ofStorage = /^AzureWebJobsStorage_/i;
/** The host knows them; the app needs none. */
const others = ['fileServiceUri', 'serviceUri', 'tenantId', 'managedIdentityResourceId', 'managedIdentityObjectId', 'connectionString'];
const ofTheHost = [...storageSettingNames, ...others.map((name) => `AzureWebJobsStorage__${name}`)];

/** Names that look like settings of the app, or of its storage, and are none: a typing error leaves the default in place, silently. */
export const checkSettingNames: Check = ({ environment }) => {
	const names = Object.keys(environment).filter((name) => environment[name]?.trim());
	return [
		...names.filter((name) => ours.test(name)).flatMap((name) => look(name, settingNames, environment)),
		...names.filter((name) => ofStorage.test(foldName(name))).flatMap((name) => look(name, ofTheHost, environment)),
	];
};

function look(name: string, known: readonly string[], environment: CheckDeps['environment']): CheckLine[] {
	const canonical = known.find((one) => foldName(one) === foldName(name));
	if (canonical === name) return [];
	if (canonical !== undefined) {
		const isAnother = environment[canonical]?.trim() !== environment[name]?.trim();
		return isAnother
			? [warning('settings', `${name} is ${canonical} in a different letter case: the value of ${canonical} is used.`, `Remove ${name}.`)]
			: [];
	}
	const meant = didYouMean(name, known);
	const next = meant ? `Rename it to ${meant}, or remove it.` : 'Remove it, or look it up in docs/settings.md.';
	const what = known === settingNames ? 'not a setting of the app' : 'not a setting of the storage connection';
	return [warning('settings', `${name} is ${what}${meant ? `; did you mean ${meant}?` : '.'}`, next)];
}
