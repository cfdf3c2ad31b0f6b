import type { DestinationKind } from '../../delivery/destination-kind.ts';
import { emailChoices } from './email-choices.ts';
import { type EmailSettings, emailName, emailSettings } from './email-settings.ts';

/** Leads as mails, sent through Microsoft Graph. */
export const email: DestinationKind<EmailSettings> = {
	name: emailName,
	// Graph has no idempotency key.
	repeatable: false,
	// A mailbox sends thirty mails a minute, whatever the number of instances; twenty-five for what has waited leave room for new leads, which wait for no turn.
	inFirstStep: 12.5,
	cap: { setting: 'EMAIL_MAX_PER_HOUR', perHour: ({ maxPerHour }) => maxPerHour },
	settings: emailSettings,
	choices: emailChoices,
	standIn: { name: 'graph', setting: 'GRAPH_BASE_URL', address: ({ graphBaseUrl }) => graphBaseUrl },
	checkNames: ['mailbox'],
	load: async () => (await import('./load-email.ts')).loadedEmail,
};
