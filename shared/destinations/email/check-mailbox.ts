import { randomUUID } from 'node:crypto';
import { type CheckLine, checkTimeoutMs, failure, ok, warning } from '../../basics/check-line.ts';
import type { DestinationCheck } from '../../delivery/destination-kind.ts';
import { because } from '../http/answer.ts';
import type { EmailSettings } from './email-settings.ts';
import { sendMail } from './send-mail.ts';
import { toEmailOutcome } from './to-email-outcome.ts';

const proveIt = 'npm run doctor -- --send-test sends one marked test lead.';

/**
 * Whether the identity may send as the mailbox, without a mail: a message without recipients, which cannot be sent to anyone. Microsoft documents no order
 * of checks; that recipients are complained about last is inferred, as the mailbox has to be opened to resolve them. So a refusal of rights is sure, and a
 * complaint about recipients only a strong sign.
 */
export const checkMailbox: DestinationCheck<EmailSettings> = async ({ own, clientId, tokensOf, deadline }) => {
	const { from, graphBaseUrl } = own;
	if (!from) return [];
	const clientRequestId = randomUUID();
	const getToken = tokensOf(clientId);
	const message = { subject: 'doctor', toRecipients: [] };
	const end = await sendMail({ graphBaseUrl, from, message, clientRequestId, getToken, signal: deadline(checkTimeoutMs) });
	if (end.stage === 'token') return [warning('mailbox', 'Cannot check without a token.', 'Fix the token for Microsoft Graph first.')];
	const outcome = toEmailOutcome(end, clientRequestId);
	if (end.stage === 'answer' && end.answer.status === 400 && outcome.kind !== 'configuration') return [sayRefused(end.answer.code)];
	switch (outcome.kind) {
		case 'configuration':
			return [failure('mailbox', `Graph refuses to send as EMAIL_FROM (${outcome.code})${because(outcome)}.`, outcome.remedy)];
		case 'transient':
			return [
				outcome.code.startsWith('429')
					? warning(
							'mailbox',
							`Graph limits the app's requests at the moment (${outcome.code}).`,
							'Wait: mails are tried again automatically.',
						)
					: failure(
							'mailbox',
							`Graph does not work at the moment (${outcome.code}).`,
							'Wait: mails are tried again automatically. If it lasts longer than an hour, see https://status.cloud.microsoft, and check GRAPH_BASE_URL and the network.',
						),
			];
		case 'permanent':
		case 'delivered':
			return [warning('mailbox', 'Cannot check: Graph gave an unexpected answer.', proveIt)];
	}
};

function sayRefused(code: string): CheckLine {
	return code.toLowerCase() === 'errorinvalidrecipients'
		? ok(
				'mailbox',
				'Graph opened EMAIL_FROM and complained only that there are no recipients: very likely, the identity may send (only a mail proves it: --send-test).',
			)
		: warning('mailbox', 'Cannot check without a mail: Graph refused the empty one before it opened the mailbox (400).', proveIt);
}
