import type { Message, Recipient } from '@microsoft/microsoft-graph-types';
import type { DeliveryRequest } from '../../delivery/destination.ts';
import type { DestinationPreview, LoadedKind } from '../../delivery/destination-kind.ts';
import { checkMailbox } from './check-mailbox.ts';
import { composeMail } from './compose-mail.ts';
import { createEmailDestination } from './create-email-destination.ts';
import type { EmailSettings } from './email-settings.ts';

export const loadedEmail: LoadedKind<EmailSettings> = {
	open: (settings, { getToken, ask }) => createEmailDestination({ settings, getToken, ...(ask && { ask }) }),
	checks: { mailbox: checkMailbox },
	audiences: ({ graphBaseUrl: url }) => [
		{ name: 'Microsoft Graph', url, audiences: [url, '00000003-0000-0000-c000-000000000000'], delegated: 'Mail.Send' },
	],
	preview: previewMail,
};

/** The mail that would be sent. */
export async function previewMail(request: DeliveryRequest, settings: EmailSettings): Promise<DestinationPreview & { request: Message }> {
	const { message, warnings } = composeMail(request, settings);
	const { subject, body, toRecipients, ccRecipients, replyTo } = message;
	return {
		request: message,
		lines: (file = '') => [
			`Mail       ${file}`.trimEnd(),
			`  Subject  ${subject}`,
			`  To       ${addresses(toRecipients)}`,
			...(ccRecipients?.length ? [`  Cc       ${addresses(ccRecipients)}`] : []),
			...(replyTo?.length ? [`  Reply to ${addresses(replyTo)}`] : []),
		],
		...(body?.content && { page: body.content }),
		warnings: [
			...warnings,
			...(toRecipients?.length ? [] : ['mail: it has no recipient']),
			...(body?.content?.includes('… (shortened)') ? ['mail: it is too long, long values are shortened'] : []),
		],
	};
}

const addresses = (recipients: Recipient[] | null | undefined) =>
	(recipients ?? []).map(({ emailAddress }) => emailAddress?.address ?? '').join(', ') || 'nobody';
