import type { Message, NullableOption, Recipient } from '@microsoft/microsoft-graph-types';
import type { DeliveryRequest } from '../../delivery/destination.ts';
import { cut, oneLine } from '../../lead/clean-text.ts';
import { personName } from '../../lead/lead-words.ts';
import { validAddress } from './contact-links.ts';
import { emailChoiceOf } from './email-choices.ts';
import type { MailSettings } from './email-settings.ts';
import { mailHtml } from './mail-html.ts';
import { customSubject, mailSubject } from './mail-subject.ts';

export interface ComposedMail {
	message: Message;
	/** What is wrong with a template, whose place the built-in text takes: sentences that begin with the setting, free of what leads say. */
	warnings: string[];
}

/**
 * The mail for one lead, as Microsoft Graph takes it. Its recipients come from the settings and their rules alone; the lead is at most whom a reply goes to, and not when it
 * must not be contacted.
 */
export function composeMail(request: DeliveryRequest, settings: MailSettings): ComposedMail {
	const { to = settings.to, cc = settings.cc } = emailChoiceOf(request);
	const custom = customSubject(request, settings);
	const subject = custom?.ok ? custom.text : mailSubject(request);
	const { html, warnings } = mailHtml(request, subject, settings);
	const replyTo = toReplyTo(request);
	return {
		message: {
			subject,
			body: { contentType: 'html', content: html },
			toRecipients: to.map(toRecipient),
			ccRecipients: cc.map(toRecipient),
			...(replyTo && { replyTo: [replyTo] }),
			// At most five, and all must begin with x-.
			internetMessageHeaders: [
				{ name: 'x-lead-id', value: request.leadId },
				{ name: 'x-auto-response-suppress', value: 'All' },
			],
		},
		warnings: [...(custom?.ok === false ? custom.problems : []), ...warnings],
	};
}

const toRecipient = (address: string): Recipient => ({ emailAddress: { address } });

function toReplyTo({ lead }: DeliveryRequest): NullableOption<Recipient> {
	const address = validAddress(lead);
	if (!address || lead.doNotContact) return null;
	const name = cut(oneLine(personName(lead) ?? ''), 100);
	return { emailAddress: { address, ...(name !== address && { name }) } };
}
