import type { Answer, Cause } from '../http/answer.ts';

const exchange =
	'Give the identity the Exchange role "Application Mail.Send" for the mailbox EMAIL_FROM (New-ManagementRoleAssignment); right after that, wait: it takes up to 2 hours to take effect.';
const noPermission: Cause = {
	kind: 'configuration',
	reason: 'the token carries no permission to send mail: it was not granted, or the token is older than the grant',
	remedy: `${exchange} A grant in Entra ID (Mail.Send) takes effect with the next token: restart the app.`,
	names: ['Mail.Send for AZURE_CLIENT_ID'],
};
const odataDisabled: Cause = {
	kind: 'configuration',
	reason:
		'Exchange Online blocks access to the mailbox EMAIL_FROM through Graph: EWS and REST are switched off for it or for the organisation',
	remedy:
		'Allow it: Get-CASMailbox EMAIL_FROM and Get-OrganizationConfig show EwsEnabled and EwsApplicationAccessPolicy; Set-CASMailbox EMAIL_FROM -EwsEnabled $true lifts the block of the mailbox.',
	names: ['application access to EMAIL_FROM'],
};
const excluded: Cause = {
	kind: 'configuration',
	reason: 'an application access policy of Exchange Online excludes the mailbox EMAIL_FROM',
	remedy:
		'Let the policy include it: Test-ApplicationAccessPolicy -Identity EMAIL_FROM -AppId AZURE_CLIENT_ID shows which it is; add EMAIL_FROM to the group of the policy, then wait an hour.',
	names: ['application access policy for EMAIL_FROM'],
};
const blocked: Cause = {
	kind: 'configuration',
	reason: 'Exchange Online does not let the mailbox EMAIL_FROM send mail, as it does when it considers its mails spam',
	remedy:
		'Unblock EMAIL_FROM: Microsoft Defender portal > Email & collaboration > Review > Restricted entities; find out first what was sent.',
	names: ['EMAIL_FROM in the Restricted entities'],
};
const moment = (reason: string): Cause => ({ kind: 'transient', reason, remedy: 'Wait: the mail is tried again automatically.' });
const passing = moment('Exchange Online refuses the mail for the moment');

/**
 * What Microsoft Graph's codes mean for a mail, by the code in lower case and whatever the status. Of what is transient nothing was sent.
 * https://learn.microsoft.com/graph/errors; Exchange adds its own: https://learn.microsoft.com/exchange/client-developer/web-service-reference/responsecode
 */
const causes: Record<string, Cause> = {
	errorexceededmessagelimit: moment('the mailbox EMAIL_FROM has reached its limit of messages for now'),
	applicationthrottled: moment('Graph limits the requests of the app'),
	errormessagetransienterror: passing,
	errorserverbusy: moment('Exchange Online is busy'),
	errormailboxmoveinprogress: moment('the mailbox EMAIL_FROM is being moved'),
	mailboxinfostale: moment('Exchange Online looks for the mailbox EMAIL_FROM again'),
	errorquotaexceeded: {
		kind: 'configuration',
		reason: 'the mailbox EMAIL_FROM is full',
		remedy: 'Empty the mailbox EMAIL_FROM (Sent Items too) or raise its quota.',
		names: ['quota of EMAIL_FROM'],
	},
	errorinvaliduser: {
		kind: 'configuration',
		reason: 'Graph knows no user or mailbox with the address EMAIL_FROM',
		remedy:
			'Set EMAIL_FROM to a mailbox that exists in Exchange Online, by its primary address or the user principal name: an alias may not work.',
		names: ['EMAIL_FROM'],
	},
	mailboxnotenabledforrestapi: {
		kind: 'configuration',
		reason: 'EMAIL_FROM has no mailbox in Exchange Online: no licence, a guest, or a mailbox on-premises',
		remedy: 'Set EMAIL_FROM to a mailbox that exists in Exchange Online (a shared mailbox works), or give its user a licence.',
		names: ['EMAIL_FROM'],
	},
	erroraccessdenied: {
		kind: 'configuration',
		reason: 'the identity may not send as EMAIL_FROM',
		remedy: exchange,
		names: ['Application Mail.Send for EMAIL_FROM'],
	},
	errorsendasdenied: {
		kind: 'configuration',
		reason: 'the identity may not send as EMAIL_FROM',
		remedy: exchange,
		names: ['Application Mail.Send for EMAIL_FROM'],
	},
	nopermissionsinaccesstoken: noPermission,
	authorization_requestdenied: noPermission,
	invalidauthenticationtoken: {
		kind: 'configuration',
		reason: 'Graph does not accept the token',
		remedy: 'Check that GRAPH_BASE_URL is the Graph of the cloud in which the identity AZURE_CLIENT_ID lives.',
		names: ['GRAPH_BASE_URL', 'AZURE_CLIENT_ID'],
	},
	errormessagesubmissionblocked: blocked,
	errorinvalidrecipients: {
		kind: 'permanent',
		reason: 'Graph does not accept an address that the mail goes to',
		remedy: 'Check the addresses in EMAIL_TO and EMAIL_CC, then replay the delivery.',
	},
	invalidinternetmessageheader: {
		kind: 'permanent',
		reason: 'Graph does not accept a header of the mail',
		remedy: 'Update the app, then replay the delivery.',
	},
};

/** Texts that tell what a code leaves open: they come with any of several codes, of a request that was refused and did nothing. */
const texts: [RegExp, Cause][] = [
	[/\[RAOP\]/i, excluded],
	[/Access to OData is disabled/i, odataDisabled],
	[/\bWASCL\b.*\bSuspend\b/is, blocked],
	[/Transient ?Error/i, passing],
	// We never send a mail without any: gone at the next try.
	[/contains no recipients/i, moment('Graph says that the mail has no recipients, although it has')],
];

/** What an answer means by its code or text, before its status is looked at; undefined when they say nothing that is known. */
export function graphCause({ status, code: written, message }: Pick<Answer, 'status' | 'code' | 'message'>): Cause | undefined {
	const code = written.toLowerCase();
	const told = status >= 400 && status < 500 ? texts.find(([pattern]) => pattern.test(message))?.[1] : undefined;
	if (told) return told;
	return code.startsWith('systemmemoryprotection') ? moment('Exchange Online is short of memory') : causes[code];
}
