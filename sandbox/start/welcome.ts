import { exampleLead } from '../example-lead.ts';
import type { Local } from './start-local.ts';

export interface WelcomeOptions {
	/** Seconds until all was ready. */
	tookS: number;
	dataFolder: string;
	/** Settings that lead off this machine. */
	leadsOff: string[];
	platform: NodeJS.Platform;
}

/** What someone who has just started it needs to know. */
export function welcome(
	{ intakeUrl, sandboxUrl }: Pick<Local, 'intakeUrl' | 'sandboxUrl'>,
	{ tookS, dataFolder, leadsOff, platform }: WelcomeOptions,
): string {
	const body = JSON.stringify(exampleLead);
	const quoted = platform === 'win32' ? (text: string) => `"${text.replaceAll('"', '\\"')}"` : (text: string) => `'${text}'`;
	return [
		`Ready in ${tookS.toFixed(1)} s.`,
		'',
		`  Intake    ${intakeUrl}`,
		`  Mailbox   ${sandboxUrl}/mailbox`,
		`  CRM       ${sandboxUrl}/crm`,
		'',
		'Post a lead:',
		'',
		`curl -i ${quoted(intakeUrl)} -H ${quoted('content-type: application/json')} -d ${quoted(body)}`,
		'',
		...(leadsOff.length > 0 ? [`WARNING: mail and CRM calls leave this machine (${leadsOff.join(', ')})`] : []),
		`Ctrl-C stops everything. Leads are kept in ${dataFolder}; npm start -- --reset starts empty.`,
		'',
	].join('\n');
}
