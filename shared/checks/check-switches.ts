import { isSwitchedOff } from '../../host/setting-of.ts';
import { failure, ok, warning } from '../basics/check-line.ts';
import type { Check } from './check.ts';

const functions = {
	LeadIntake: 'leads cannot be received',
	LeadDelivery: 'nothing is delivered',
	LeadSweep: 'nothing is retried, and no alert can be raised',
};

/** What the environment takes away: functions that are switched off, certificates that are not looked at. */
export const checkSwitches: Check = ({ environment }) => {
	const off = Object.entries(functions).filter(([name]) => isSwitchedOff(name, environment));
	const app = environment.WEBSITE_SITE_NAME ?? 'APP';
	const lines = off.map(([name, effect]) =>
		failure(
			'functions',
			`${name} is disabled: ${effect}.`,
			`az functionapp config appsettings delete -g GROUP -n ${app} --setting-names AzureWebJobs.${name}.Disabled (portal: the function app > Functions > ${name} > Enable)`,
		),
	);
	if (environment.NODE_TLS_REJECT_UNAUTHORIZED === '0')
		lines.push(
			warning(
				'functions',
				'NODE_TLS_REJECT_UNAUTHORIZED is 0: certificates are not checked, so tokens and leads may go to a false server.',
				'Remove NODE_TLS_REJECT_UNAUTHORIZED.',
			),
		);
	return lines.length > 0 ? lines : [ok('functions', 'No function is disabled.')];
};
