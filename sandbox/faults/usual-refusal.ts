import type { Refusal } from '../refusal.ts';
import type { ServiceName } from '../sandbox-env.ts';

/** Code and message that go with a status, when a fault does not name its own code. */
const usual: Record<ServiceName, Record<number, [code: string, message: string]>> = {
	graph: {
		400: ['ErrorInvalidRecipients', 'At least one recipient is not valid.'],
		401: ['InvalidAuthenticationToken', 'Access token validation failure.'],
		403: ['ErrorAccessDenied', 'Access is denied. Check credentials and try again.'],
		404: ['ErrorInvalidUser', 'The requested user is invalid.'],
		413: ['BadRequest', 'The maximum request length supported is 4MB.'],
		429: ['ApplicationThrottled', 'Application is over its MailboxConcurrency limit.'],
		500: ['ErrorInternalServerError', 'An internal server error occurred. The operation failed.'],
		502: ['BadGateway', 'The server received an invalid response from an upstream server.'],
		503: ['ServiceUnavailable', 'The service is temporarily unavailable.'],
		504: ['GatewayTimeout', 'The server did not receive a response from an upstream server in time.'],
		507: ['ErrorQuotaExceeded', 'The mailbox has exceeded its quota.'],
	},
	dataverse: {
		400: ['0x80040265', 'A plug-in refused the record.'],
		401: ['', ''],
		403: ['0x80040220', "Principal user is missing prvCreateLead privilege on OTC=4 for entity 'lead'."],
		404: ['0x8006088a', "Resource not found for the segment 'leads'."],
		412: ['0x80040237', 'A record with matching key values already exists.'],
		429: ['0x80072322', 'Number of requests exceeded the limit of 6000 over time window of 300 seconds.'],
		500: ['0x80040216', 'An unexpected error occurred.'],
		503: ['', 'The service is unavailable.'],
	},
	identity: {
		400: ['', 'No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.'],
		429: ['', 'Too many requests.'],
		500: ['', 'An unexpected error occured while fetching the AAD Token.'],
	},
	// Each of its services has words of its own.
	webhook: {},
};

/** Messages of codes that do not go with their status alone. */
const messages: Record<string, string> = {
	errorsendasdenied: 'The user account which was used to submit this request does not have the right to send mail on behalf of the sender.',
	mailboxnotenabledforrestapi: 'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
	errorexceededmessagelimit: 'The message limit of the mailbox is exceeded.',
	'0x80072560': 'The user is not a member of the organization.',
	'0x80072321':
		'Combined execution time of incoming requests exceeded limit of 1,200,000 milliseconds over time window of 300 seconds. Decrease number of concurrent requests or reduce the duration of requests and try again later.',
	'0x80072326': 'Number of concurrent requests exceeded the limit of 52.',
	'0x80040333': 'A record was not created or updated because a duplicate of the current record already exists.',
};

/** What the service would say with this status, and with this code when there is one. */
export function usualRefusal(service: ServiceName, status: number, code?: string): Refusal {
	const [usualCode, usualMessage] = usual[service][status] ?? ['', `The service answers ${status}.`];
	return { status, code: code ?? usualCode, message: (code && messages[code.toLowerCase()]) || usualMessage };
}
