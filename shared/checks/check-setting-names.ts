import { warning } from '../basics/check-line.ts';
import { didYouMean } from '../basics/did-you-mean.ts';
import { settingNames } from '../settings/catalogue.ts';
import type { Check } from './check.ts';

const ours = /^(LEAD|DELIVERY|EMAIL|GRAPH|DATAVERSE)_[A-Z_]+$/;

/** Names that look like settings of the app and are none: a typing error leaves the default in place, silently. */
export const checkSettingNames: Check = ({ environment }) =>
	Object.keys(environment)
		.filter((name) => ours.test(name) && environment[name]?.trim() && !settingNames.some((known) => known === name))
		.map((name) => {
			const meant = didYouMean(name, settingNames);
			const next = meant ? `Rename it to ${meant}, or take it away.` : 'Take it away, or look it up in docs/settings.md.';
			return warning('settings', `${name} is no setting of the app${meant ? `; did you mean ${meant}?` : '.'}`, next);
		});
