import type { Message } from '@microsoft/microsoft-graph-types';
import type { GetToken } from '../../basics/open-credential.ts';
import type { DeliveryRequest, Destination } from '../../delivery/destination.ts';
import type { Outcome } from '../../delivery/outcome.ts';
import type { RequestEnd } from '../http/request-end.ts';
import { composeMail } from './compose-mail.ts';
import type { EmailSettings } from './email-settings.ts';
import { sendMail } from './send-mail.ts';
import { takeTurns } from './take-turns.ts';
import { toEmailOutcome } from './to-email-outcome.ts';

/** Leads as mails, sent through Microsoft Graph. */
export function createEmailDestination({ settings, getToken }: { settings: EmailSettings; getToken: GetToken }): Destination {
	const inTurn = takeTurns();
	return {
		name: 'email',
		deliver: async (request, signal) => {
			const { from, graphBaseUrl } = settings;
			const to = request.choice?.to ?? settings.to;
			if (!from || to.length === 0) return unset(from ? 'EMAIL_TO' : 'EMAIL_FROM');
			const { leadId } = request;
			const send = (message: Message) => sendMail({ graphBaseUrl, from, message, clientRequestId: leadId, getToken, signal });
			try {
				return await inTurn(async () => {
					const { message, warnings } = composeMail(request, settings);
					const outcome = await deliverMail(request, message, send);
					return outcome.kind === 'delivered' && warnings.length > 0 ? { ...outcome, warnings } : outcome;
				}, signal);
			} catch (error) {
				if (!signal.aborted) throw error;
				return { kind: 'transient', code: 'no turn', reason: 'the mails before it took too long; nothing was sent' };
			}
		},
	};
}

async function deliverMail(
	{ leadId }: DeliveryRequest,
	message: Message,
	send: (message: Message) => Promise<RequestEnd>,
): Promise<Outcome> {
	const end = await send(message);
	if (!message.replyTo || !refusesRecipients(end)) return toEmailOutcome(end, leadId);
	// Graph checks Reply-To like a recipient; the lead's address is the only one that nobody has tried before.
	const { replyTo, ...rest } = message;
	const outcome = toEmailOutcome(await send(rest), leadId);
	return outcome.kind === 'delivered'
		? { ...outcome, proof: { ...outcome.proof, how: `${outcome.proof.how}, without Reply-To` } }
		: outcome;
}

const refusesRecipients = (end: RequestEnd) => end.stage === 'answer' && end.answer.code.toLowerCase() === 'errorinvalidrecipients';

const unset = (setting: string): Outcome => ({
	kind: 'configuration',
	code: 'settings',
	reason: `${setting} is missing`,
	remedy: `Set the app setting ${setting}.`,
	names: [setting],
});
