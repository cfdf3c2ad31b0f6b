import { isSwitchedOff } from '../../host/is-switched-off.ts';
import { failure, ok, warning } from '../basics/check-line.ts';
import type { Check } from './check.ts';

const functions = {
	LeadIntake: 'leads cannot be received',
	LeadDelivery: 'nothing is delivered',
	LeadSweep: 'nothing is tried again, and no alert can come',
};

/** What the environment takes away: functions that are switched off, certificates that are not looked at. */
export const checkSwitches: Check = ({ environment }) => {
	const off = Object.entries(functions).filter(([name]) => isSwitchedOff(name, environment));
	const app = environment.WEBSITE_SITE_NAME ?? 'APP';
	const lines = off.map(([name, effect]) =>
		failure(
			'functions',
			`${name} is switched off: ${effect}.`,
			`az functionapp config appsettings delete -g GROUP -n ${app} --setting-names AzureWebJobs.${name}.Disabled (portal: the function app > Functions > ${name} > Enable)`,
		),
	);
	if (environment.NODE_TLS_REJECT_UNAUTHORIZED === '0')
		lines.push(
			warning(
				'functions',
				'NODE_TLS_REJECT_UNAUTHORIZED is 0: tokens and leads go to whoever answers.',
				'Take NODE_TLS_REJECT_UNAUTHORIZED away.',
			),
		);
	return lines.length > 0 ? lines : [ok('functions', 'None is switched off.')];
};
