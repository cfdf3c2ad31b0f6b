import type { Message, NullableOption, Recipient } from '@microsoft/microsoft-graph-types';
import { cut, oneLine } from '../../lead/clean-text.ts';
import { personName } from '../../lead/lead-words.ts';
import type { DeliveryRequest } from '../destination.ts';
import { customSubject } from './custom-subject.ts';
import { mailHtml } from './mail-html.ts';
import type { MailSettings } from './mail-settings.ts';
import { mailSubject } from './mail-subject.ts';
import { validAddress } from './valid-address.ts';

/**
 * The mail for one lead, as Microsoft Graph takes it. Its recipients come from the settings and their rules alone; the lead is at most whom a reply goes to, and not when it
 * must not be contacted.
 */
export function composeMail(request: DeliveryRequest, settings: MailSettings): Message {
	const { choice = {} } = request;
	const subject = customSubject(request, settings) ?? mailSubject(request);
	const replyTo = toReplyTo(request);
	return {
		subject,
		body: { contentType: 'html', content: mailHtml(request, subject, settings) },
		toRecipients: (choice.to ?? settings.to).map(toRecipient),
		ccRecipients: (choice.cc ?? settings.cc).map(toRecipient),
		...(replyTo && { replyTo: [replyTo] }),
		// At most five, and all must begin with x-.
		internetMessageHeaders: [
			{ name: 'x-lead-id', value: request.leadId },
			{ name: 'x-auto-response-suppress', value: 'All' },
		],
	};
}

const toRecipient = (address: string): Recipient => ({ emailAddress: { address } });

function toReplyTo({ lead }: DeliveryRequest): NullableOption<Recipient> {
	const address = validAddress(lead);
	if (!address || lead.doNotContact) return null;
	const name = cut(oneLine(personName(lead) ?? ''), 100);
	return { emailAddress: { address, ...(name !== address && { name }) } };
}
