import { exampleLead } from '../example-lead.ts';
import type { Local } from './start-local.ts';

export interface WelcomeOptions {
	/** Seconds until all was ready. */
	tookS: number;
	dataFolder: string;
	/** Settings that lead off this machine. */
	leadsOff: string[];
	platform: NodeJS.Platform;
	/** What is wrong with the settings, as the doctor says it. */
	doubts?: string[];
}

/** What someone who has just started it needs to know. */
export function welcome(
	{ intakeUrl, boardUrl, sandboxUrl, settings }: Pick<Local, 'intakeUrl' | 'boardUrl' | 'sandboxUrl' | 'settings'>,
	{ tookS, dataFolder, leadsOff, platform, doubts = [] }: WelcomeOptions,
): string {
	const body = JSON.stringify(exampleLead);
	const quoted = platform === 'win32' ? (text: string) => `"${text.replaceAll('"', '\\"')}"` : (text: string) => `'${text}'`;
	const elsewhere = leadsOff.length === 1 ? 'names a service' : 'name services';
	return [
		...(leadsOff.length > 0 ? [`WARNING: calls leave this machine: ${leadsOff.join(', ')} ${elsewhere} elsewhere.`, ''] : []),
		`Ready in ${tookS.toFixed(1)} s.`,
		'',
		`  Intake    ${intakeUrl}`,
		`  Board     ${boardUrl}`,
		`  Mailbox   ${sandboxUrl}/mailbox`,
		`  CRM       ${sandboxUrl}/crm`,
		...(Object.values(settings).some((value) => value?.startsWith(`${sandboxUrl}/hooks/`)) ? [`  Messages  ${sandboxUrl}/messages`] : []),
		`  Outages   ${sandboxUrl}  (cut off a service for a while)`,
		'',
		'Post a lead:',
		'',
		`curl -i ${quoted(intakeUrl)} -H ${quoted('content-type: application/json')} -d ${quoted(body)}`,
		'',
		...(doubts.length > 0 ? ['Not as it should be (npm run doctor says more):', ...doubts, ''] : []),
		`Times below are UTC. Ctrl-C stops everything. Leads are kept in ${dataFolder}; npm start -- --reset starts empty.`,
		'',
	].join('\n');
}
