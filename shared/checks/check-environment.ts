import { comesEveryHour } from '../../host/ncrontab.ts';
import { isSwitchedOff } from '../../host/setting-of.ts';
import { failure, ok, warning } from '../basics/check-line.ts';
import { howToSet } from '../basics/environment.ts';
import type { Check } from './check.ts';

/** What Azure Functions runs and the app is built for: https://learn.microsoft.com/azure/azure-functions/functions-reference-node#supported-versions */
const supported = [22, 24];

/** The version of Node.js. */
export const checkNode: Check = ({ nodeVersion }) => {
	const major = Number.parseInt(nodeVersion, 10);
	const next = 'Install Node.js 24 (https://nodejs.org); in Azure: runtime.version of functionAppConfig in infra/modules/app.bicep.';
	if (!(major >= 20)) return [failure('node', `Node.js ${nodeVersion} is too old for the app.`, next)];
	if (!supported.includes(major))
		return [warning('node', `Node.js ${nodeVersion} is not a version that Azure Functions runs (${supported.join(', ')}).`, next)];
	return [ok('node', `Node.js ${nodeVersion}.`)];
};

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

/** Whether the sweep runs in every hour: what waits is found by it, and the alert `silent` comes when it has not run for one. */
export const checkSchedule: Check = ({ settings, environment }) => {
	if (comesEveryHour(settings.sweepSchedule)) return [ok('sweep', 'The sweep runs at least hourly.')];
	return [
		warning(
			'sweep',
			'LEAD_SWEEP_SCHEDULE skips whole hours: waiting leads are found later, and the alert "silent" is raised although nothing is wrong.',
			howToSet('LEAD_SWEEP_SCHEDULE', environment).replace('=…', '=0 */5 * * * *'),
		),
	];
};

/** Which identity the app will ask for tokens: what the environment tells without asking. */
export const checkIdentity: Check = ({ environment, settings }) => {
	const { IDENTITY_ENDPOINT: endpoint, WEBSITE_SITE_NAME: app } = environment;
	if (endpoint && settings.clientId) return [ok('identity', 'The user-assigned identity AZURE_CLIENT_ID.')];
	if (endpoint)
		return [
			warning(
				'identity',
				'AZURE_CLIENT_ID is not set: the system-assigned identity is used, which has no permissions here.',
				howToSet('AZURE_CLIENT_ID', environment),
			),
		];
	if (!app) return [ok('identity', 'The user who is signed in to the Azure CLI on this machine (az login).')];
	return [
		failure(
			'identity',
			'No identity is assigned to the app: there are no tokens.',
			`az functionapp identity assign -g GROUP -n ${app} --identities IDENTITY_ID (portal: ${app} > Settings > Identity > User assigned)`,
		),
	];
};
