import type { Message, Recipient } from '@microsoft/microsoft-graph-types';
import type { AskOnce } from '../../delivery/ask-once.ts';
import type { DeliveryRequest, Destination } from '../../delivery/destination.ts';
import type { Delivered, Outcome } from '../../delivery/outcome.ts';
import type { GetToken } from '../../tokens/open-credential.ts';
import type { Answer } from '../http/answer.ts';
import type { RequestEnd } from '../http/request-end.ts';
import { composeMail } from './compose-mail.ts';
import { emailChoiceOf } from './email-choices.ts';
import type { EmailSettings } from './email-settings.ts';
import { sendMail, takeTurns } from './send-mail.ts';
import { toEmailOutcome } from './to-email-outcome.ts';

/** Leads as mails, sent through Microsoft Graph. */
export function createEmailDestination({
	settings,
	getToken,
	ask,
}: {
	settings: EmailSettings;
	getToken: GetToken;
	ask?: AskOnce;
}): Destination {
	const inTurn = takeTurns();
	return {
		name: 'email',
		deliver: async (request, signal) => {
			const { from, graphBaseUrl } = settings;
			const { to = settings.to } = emailChoiceOf(request);
			if (!from || to.length === 0) return unset(from ? 'EMAIL_TO' : 'EMAIL_FROM');
			const { leadId } = request;
			const send = (message: Message) =>
				sendMail({ graphBaseUrl, from, message, clientRequestId: leadId, getToken, signal, ...(ask && { ask }) });
			try {
				return await inTurn(async () => {
					const { message, warnings } = composeMail(request, settings);
					const outcome = await deliverMail(request, message, send);
					if (outcome.kind !== 'delivered' || warnings.length === 0) return outcome;
					return { ...outcome, warnings: [...warnings, ...(outcome.warnings ?? [])] };
				}, signal);
			} catch (error) {
				if (!signal.aborted) throw error;
				return { kind: 'transient', code: 'no turn', reason: 'the mails before it took too long; nothing was sent' };
			}
		},
	};
}

/** What is left out of a mail, and what a person should fix; a lead's own address is not a setting. */
interface MailPart {
	name: string;
	warning?: string;
	/** Undefined when the mail has no such part, or would go to no one without it. */
	without: (mail: Message, isLeftOut: (address: string) => boolean) => Message | undefined;
}

const addressOf = ({ emailAddress }: Recipient) => emailAddress?.address ?? '';
const replyTo: MailPart = {
	// Graph checks Reply-To like a recipient; the lead's address is the only one that no one has tried before.
	name: 'Reply-To',
	without: ({ replyTo: addresses, ...rest }, isLeftOut) => (addresses?.some((one) => isLeftOut(addressOf(one))) ? rest : undefined),
};
const copy: MailPart = {
	name: 'a copy',
	warning: 'EMAIL_CC: Graph does not accept one of its addresses: it is left out',
	without: (mail, isLeftOut) => {
		const kept = (mail.ccRecipients ?? []).filter((one) => !isLeftOut(addressOf(one)));
		return kept.length < (mail.ccRecipients ?? []).length ? { ...mail, ccRecipients: kept } : undefined;
	},
};
const recipient: MailPart = {
	name: 'a recipient',
	warning: 'EMAIL_TO: Graph does not accept one of its addresses: it is left out',
	without: (mail, isLeftOut) => {
		const kept = (mail.toRecipients ?? []).filter((one) => !isLeftOut(addressOf(one)));
		return kept.length > 0 && kept.length < (mail.toRecipients ?? []).length ? { ...mail, toRecipients: kept } : undefined;
	},
};
const headers: MailPart = {
	name: 'its headers',
	without: ({ internetMessageHeaders, ...rest }) => (internetMessageHeaders ? rest : undefined),
};
const every = () => true;

interface SmallerMail {
	mail: Message;
	left: MailPart[];
}

/** The mail without what an answer names; when it names nothing, without each part that it may be about, and finally without all of them. */
function smallerMails(mail: Message, answer: Answer): SmallerMail[] {
	const code = answer.code.toLowerCase();
	const without = (left: MailPart[], isLeftOut: (address: string) => boolean): SmallerMail[] => {
		const found: SmallerMail = { mail, left: [] };
		for (const part of left) {
			const smaller = part.without(found.mail, isLeftOut);
			if (smaller) Object.assign(found, { mail: smaller, left: [...found.left, part] });
		}
		return found.left.length > 0 ? [found] : [];
	};
	if (code.startsWith('invalidinternetmessageheader')) return without([headers], every);
	if (code !== 'errorinvalidrecipients') return [];
	const said = answer.message.toLowerCase();
	const isNamed = (address: string) => address !== '' && said.includes(address.toLowerCase());
	const named = without([replyTo, copy, recipient], isNamed);
	if (named.length > 0) return named;
	const alone = [replyTo, copy].flatMap((part) => without([part], every));
	return alone.length > 1 ? [...alone, ...without([replyTo, copy], every)] : alone;
}

/** More are never needed: a name leaves the mail with each. */
const mostMails = 8;

/** Sends the mail, and leaves out of it what Graph refuses, part by part: such a refusal has surely sent nothing. */
async function deliverMail(
	{ leadId, choice }: DeliveryRequest,
	mail: Message,
	send: (message: Message) => Promise<RequestEnd>,
): Promise<Outcome> {
	let sent: SmallerMail = { mail, left: [] };
	let waiting: SmallerMail[] = [];
	for (let tries = 1; ; tries++) {
		const end = await send(sent.mail);
		const outcome = toEmailOutcome(end, leadId);
		if (outcome.kind === 'delivered') return sent.left.length > 0 ? lessThanMeant(outcome, sent.left) : outcome;
		if (outcome.kind !== 'permanent' || end.stage !== 'answer') return outcome;
		const { left } = sent;
		const next =
			waiting.length > 0 ? waiting : smallerMails(sent.mail, end.answer).map((one) => ({ ...one, left: [...left, ...one.left] }));
		const [first, ...others] = next;
		// Recipients that a rule chose are this lead's own.
		if (!first || tries >= mostMails) return choice?.to ? outcome : { ...outcome, smallest: true };
		sent = first;
		waiting = others;
	}
}

function lessThanMeant(outcome: Delivered, left: MailPart[]): Delivered {
	const warnings = [...new Set(left.flatMap(({ warning }) => warning ?? []))];
	const how = `${outcome.proof.how}, without ${[...new Set(left.map(({ name }) => name))].join(' and ')}`;
	return { ...outcome, proof: { ...outcome.proof, how }, ...(warnings.length > 0 && { warnings }) };
}

const unset = (setting: string): Outcome => ({
	kind: 'configuration',
	code: 'settings',
	reason: `${setting} is missing`,
	remedy: `Set the app setting ${setting}.`,
	names: [setting],
});
