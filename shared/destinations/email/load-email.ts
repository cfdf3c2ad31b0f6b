import type { LoadedKind } from '../../delivery/destination-kind.ts';
import { checkMailbox } from './check-mailbox.ts';
import { createEmailDestination } from './create-email-destination.ts';
import type { EmailSettings } from './email-settings.ts';
import { previewMail } from './preview-mail.ts';

export const loadedEmail: LoadedKind<EmailSettings> = {
	open: (settings, { getToken }) => createEmailDestination({ settings, getToken }),
	checks: { mailbox: checkMailbox },
	audiences: ({ graphBaseUrl: url }) => [
		{ name: 'Microsoft Graph', url, audiences: [url, '00000003-0000-0000-c000-000000000000'], delegated: 'Mail.Send' },
	],
	preview: previewMail,
};
